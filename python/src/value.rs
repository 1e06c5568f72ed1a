//! Python's values to those of requests and back, without JSON and without base64.

use std::{borrow::Cow, ops::Deref};

use pocket_kms::{
    Error, Time, Trail, Value,
    wire::{self, Depth, Room},
};
use pyo3::{
    IntoPyObjectExt,
    exceptions::PyTypeError,
    prelude::*,
    pybacked::{PyBackedBytes, PyBackedStr},
    sync::{PyOnceLock, critical_section::with_critical_section},
    types::{
        PyBool, PyByteArray, PyBytes, PyDateTime, PyDelta, PyDict, PyFloat, PyInt, PyList, PyMapping, PyMemoryView,
        PyString, PyTuple, PyType, PyTzInfo,
    },
};

use zeroize::Zeroizing;

use crate::names;

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// Reads a request.
pub(crate) fn read(input: &Bound<'_, PyAny>) -> PyResult<Value> {
    Reading::default().value(input, Depth::OUTSIDE)
}

/// A request on its way out of Python: it is measured before it is copied.
#[derive(Default)]
struct Reading {
    room: Room,
}

impl Reading {
    fn value(&mut self, object: &Bound<'_, PyAny>, depth: Depth) -> PyResult<Value> {
        let refused = |error: Error| unread(object.py(), &error);
        // What stands in most requests is asked for first; truth values are whole numbers to Python.
        Ok(if let Ok(text) = object.cast::<PyString>() {
            Value::Text(self.spelled(text)?)
        } else if let Ok(bytes) = object.cast::<PyBytes>() {
            self.spend(object, bytes.as_bytes().len())?;
            Value::Blob(bytes.as_bytes().to_vec())
        } else if let Ok(dict) = object.cast::<PyDict>() {
            self.members(dict, depth.deeper().map_err(refused)?)?
        } else if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
            let deeper = depth.deeper().map_err(refused)?;
            self.spend(object, object.len()?)?;
            Value::list_of(object.try_iter()?.map(|element| self.value(&element?, deeper)))?
        } else {
            self.spend(object, 1)?;
            self.scalar(object, depth)?
        })
    }

    fn scalar(&mut self, object: &Bound<'_, PyAny>, depth: Depth) -> PyResult<Value> {
        if let Ok(flag) = object.cast::<PyBool>() {
            return Ok(Value::Bool(flag.is_true()));
        }
        if let Ok(number) = object.cast::<PyInt>() {
            return whole(number);
        }
        if object.is_none() {
            return Ok(Value::Null);
        }
        self.rarer(object, depth)
    }

    fn rarer(&mut self, object: &Bound<'_, PyAny>, depth: Depth) -> PyResult<Value> {
        if let Ok(number) = object.cast::<PyFloat>() {
            return Value::number(number.value()).map_err(|error| unread(object.py(), &error));
        }
        if let Ok(bytes) = object.cast::<PyByteArray>() {
            self.spend(object, bytes.len())?;
            return Ok(Value::Blob(bytes.to_vec()));
        }
        if object.is_instance_of::<PyDateTime>() {
            return instant(object);
        }
        // Any other mapping, such as a read-only one.
        if let Ok(mapping) = object.cast::<PyMapping>() {
            let depth = depth.deeper().map_err(|error| unread(object.py(), &error))?;
            self.spend(object, mapping.len()?)?;
            let dict = PyDict::new(object.py());
            dict.update(mapping)?;
            return self.members(&dict, depth);
        }
        // Whatever else shows its bytes.
        if let Ok(view) = PyMemoryView::from(object) {
            self.spend(object, view.getattr("nbytes")?.extract()?)?;
            return copied(&view).map(Value::Blob);
        }
        Err(unread(object.py(), &wire::foreign(&kind(object)?)))
    }

    fn members(&mut self, dict: &Bound<'_, PyDict>, depth: Depth) -> PyResult<Value> {
        self.spend(dict, dict.len())?;
        // All pairs first: reading a value may run code of the value's own type, which may change the dictionary.
        let pairs: Vec<_> = with_critical_section(dict, || dict.iter().collect());
        let read = |(name, value)| Ok((self.member_name(&name)?, self.value(&value, depth)?));
        Value::map_of(pairs.into_iter().map(read))
    }

    fn member_name(&mut self, name: &Bound<'_, PyAny>) -> PyResult<String> {
        match name.cast::<PyString>() {
            Ok(text) => self.spelled(text),
            Err(_) => Err(unread(name.py(), &wire::foreign_name(&kind(name)?))),
        }
    }

    /// Text, unless it holds half a surrogate pair, which no encoding can say.
    fn spelled(&mut self, text: &Bound<'_, PyString>) -> PyResult<String> {
        // The length in characters: UTF-8 of a text that is much too long would be made in vain.
        self.spend(text, text.len()?)?;
        let spelled = text.to_cow().map(Into::into);
        spelled.map_err(|_| unread(text.py(), &wire::foreign("str with a lone surrogate")))
    }

    fn spend(&mut self, object: &Bound<'_, PyAny>, bytes: usize) -> PyResult<()> {
        self.room.spend(bytes).map_err(|error| unread(object.py(), &error))
    }
}

/// A number that counts. One below 0 counts nothing, and one beyond 64 bits everything there is.
pub(crate) struct Count(u64);

impl Count {
    /// Nothing.
    pub(crate) const NONE: Self = Self(0);

    /// The number.
    pub(crate) const fn number(&self) -> u64 {
        self.0
    }

    /// As many as a list may hold.
    pub(crate) fn most(&self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl FromPyObject<'_, '_> for Count {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let number = value.cast::<PyInt>()?;
        match number.extract() {
            Ok(number) => Ok(Self(number)),
            Err(_) => Ok(Self(if number.lt(0)? { 0 } else { u64::MAX })),
        }
    }
}

/// Bytes of any kind. Those of `bytes` stay where they are, all others are copied.
pub(crate) enum Blob {
    Held(PyBackedBytes),
    Copied(Zeroizing<Vec<u8>>),
}

impl Deref for Blob {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Held(bytes) => bytes,
            Self::Copied(bytes) => bytes,
        }
    }
}

impl FromPyObject<'_, '_> for Blob {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(Self::Held(bytes.to_owned().into()));
        }
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            return Ok(Self::Copied(bytes.to_vec().into()));
        }
        let Ok(view) = PyMemoryView::from(&value) else {
            return Err(PyTypeError::new_err(format!("bytes must stand here, not {}", kind(&value)?)));
        };
        Ok(Self::Copied(copied(&view)?.into()))
    }
}

/// The bytes that a view shows.
fn copied(view: &Bound<'_, PyMemoryView>) -> PyResult<Vec<u8>> {
    view.call_method0("tobytes")?.extract()
}

/// The value of a header as an SDK has it, which stays where it is.
pub(crate) enum Header {
    /// botocore's own.
    Bytes(PyBackedBytes),
    /// Any other.
    Text(PyBackedStr),
}

impl Header {
    /// Its bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
        }
    }
}

impl FromPyObject<'_, '_> for Header {
    type Error = PyErr;

    /// botocore has bytes: asked for text first, each of them would raise an exception inside.
    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match value.cast::<PyBytes>() {
            Ok(bytes) => Ok(Self::Bytes(bytes.to_owned().into())),
            Err(_) => value.extract().map(Self::Text),
        }
    }
}

/// A whole number; one that is beyond 64 bits is beyond every range of the API, too, and read as JSON reads it.
fn whole(number: &Bound<'_, PyInt>) -> PyResult<Value> {
    if let Ok(number) = number.extract() {
        return Ok(Value::Int(number));
    }
    let float = number.extract().unwrap_or(f64::INFINITY);
    Value::number(float).map_err(|error| unread(number.py(), &error))
}

/// An instant, which must say its offset from UTC.
fn instant(datetime: &Bound<'_, PyAny>) -> PyResult<Value> {
    if datetime.call_method0("utcoffset")?.is_none() {
        return Err(unread(datetime.py(), &wire::foreign("datetime without a time zone")));
    }
    let seconds: f64 = datetime.call_method0("timestamp")?.extract()?;
    let beyond = || unread(datetime.py(), &wire::foreign("datetime beyond the years 1 to 9999"));
    Time::from_seconds(seconds).map(Value::Time).ok_or_else(beyond)
}

fn kind(object: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(object.get_type().name()?.to_string())
}

/// Writes a reply.
pub(crate) fn write<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(flag) => flag.into_bound_py_any(py),
        Value::Int(number) => number.into_bound_py_any(py),
        Value::Float(number) => number.into_bound_py_any(py),
        Value::Text(text) => text.into_bound_py_any(py),
        Value::Blob(bytes) => Ok(PyBytes::new(py, bytes).into_any()),
        Value::Secret(bytes) => Ok(PyBytes::new(py, bytes).into_any()),
        Value::Time(time) => datetime(py, *time),
        Value::List(values) => {
            let list = PyList::empty(py);
            values.iter().try_for_each(|value| list.append(write(py, value)?))?;
            Ok(list.into_any())
        }
        Value::Map(members) => {
            let dict = PyDict::new(py);
            members.iter().try_for_each(|(name, value)| match name {
                Cow::Borrowed(name) => dict.set_item(names::known(py, name), write(py, value)?),
                Cow::Owned(name) => dict.set_item(name, write(py, value)?),
            })?;
            Ok(dict.into_any())
        }
    }
}

/// An instant as a `datetime` in UTC. Adding to the epoch works in years in which the platform's own calendar does not.
fn datetime(py: Python<'_>, time: Time) -> PyResult<Bound<'_, PyAny>> {
    static EPOCH: PyOnceLock<Py<PyDateTime>> = PyOnceLock::new();
    let epoch = EPOCH.get_or_try_init(py, || {
        let utc = PyTzInfo::utc(py)?;
        PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&utc)).map(Bound::unbind)
    })?;
    let (days, rest) = (time.millis().div_euclid(DAY), time.millis().rem_euclid(DAY));
    // Both fit: the years are those of four digits.
    let part = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    let since = PyDelta::new(py, part(days), part(rest / 1000), part(rest % 1000 * 1000), false)?;
    epoch.bind(py).add(since)
}

/// A refusal as `pocket_kms.KmsError`; the trail tells why a caller was denied.
pub(crate) fn refusal(py: Python<'_>, error: &Error, trail: Option<&Trail>, request_id: &str) -> PyErr {
    static KMS_ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let made = || {
        let (reasons, decisions) = trail.map(Trail::denial).unwrap_or_default();
        let decisions = decisions.iter().map(|decision| write(py, decision)).collect::<PyResult<Vec<_>>>()?;
        let message = error.message.as_deref().unwrap_or_default();
        let class = KMS_ERROR.import(py, "pocket_kms._errors", "KmsError")?;
        class.call1((error.exception.name(), message, reasons, request_id, decisions))
    };
    made().map_or_else(|error| error, PyErr::from_value)
}

/// A refusal of what has not become a request, and so has no id.
pub(crate) fn unread(py: Python<'_>, error: &Error) -> PyErr {
    refusal(py, error, None, "")
}
