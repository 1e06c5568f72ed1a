//! Records that leave a world as files, and records that files bring.

use super::history::span;
use crate::{
    audit::{
        export::{Trail, lines},
        imported::Brought,
        lookup,
    },
    error::Error,
    state::FormValue,
    time::Time,
    wire::Value,
    world::{World, audit::sets::MOST, lock, recipe::Done},
};

/// How many records an export has at most, and where nothing else is said.
const MOST_EXPORTED: u32 = 100_000;

/// The most bytes that files bring in one question.
const LONGEST: usize = 64 << 20;

/// The most files of one question.
const MOST_FILES: usize = 1000;

/// The set into which records are imported that name none.
const USUAL: &str = "imported";

impl World {
    /// The answer to `export`.
    pub(super) fn exported(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, filter, of, after, limit, form] =
            said.structure(["question", "filter", "of", "after", "limit", "form"])?;
        let source = self.source(&said.within("of", of))?;
        let filter = self.filter_of(&FormValue::named("filter", filter), &source)?;
        let nothing = said.within("order", &Value::Null);
        let span = span(&said.within("after", after), &nothing, &nothing)?;
        let limit = said.within("limit", limit).maybe_number(MOST_EXPORTED)?.unwrap_or(MOST_EXPORTED);
        let what = "trail, lines or lookup";
        let form = said.within("form", form);
        let kind = form.maybe_text(what)?.unwrap_or("trail");
        let (mut trail, mut written, mut events) = (Trail::default(), Vec::new(), Vec::new());
        let (mut count, mut last, mut more) = (0, span.after, false);
        source.search(&filter, span, &mut |number, told| {
            more = count >= limit;
            if !more {
                (count, last) = (count + 1, number);
                match kind {
                    "lines" => written.push((told.time(), told.ids().event, told.to_json())),
                    "lookup" => events.extend(lookup::event(told)),
                    _ => trail.add(told),
                }
            }
            !more
        });
        let exported = match kind {
            "trail" => {
                let files = trail.files().into_iter().map(|file| {
                    Value::from([
                        ("name", Value::from(file.name)),
                        ("records", Value::count(file.records)),
                        ("text", Value::from(file.text)),
                    ])
                });
                ("files", Value::List(files.collect()))
            }
            "lines" => ("text", Value::from(lines(written))),
            "lookup" => ("events", Value::List(events)),
            _ => return Err(form.must_be(what)),
        };
        Ok(Value::from([
            exported,
            ("count", Value::count(count)),
            ("next", Value::count(if more { last } else { source.newest().max(span.after) })),
            ("more", Value::Bool(more)),
            ("dropped", Value::count(source.dropped())),
        ]))
    }

    /// Takes in a trail file of CloudTrail, unpacked: of any version from 1.02 to 1.11, or an answer of LookupEvents, or one
    /// record a line. Records of other services than KMS are counted, not kept. Questions name the set by `of`
    /// ([`World::audit`]); where there is one of that name already, the records are added to it.
    ///
    /// The answer has `into`, `added`, `skipped` (of other services) and `records`, how many the set has.
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours, where the file cannot be read, or too many records are held. Then
    /// nothing was taken in.
    pub fn import_trail(&self, into: Option<&str>, file: &[u8]) -> Result<Value, Error> {
        let brought = self.bring(into.unwrap_or(USUAL), &FormValue::named("file", &Value::Null), &[(0, file)])?;
        if self.keeps().is_some() {
            let (into, text) = (into.unwrap_or(USUAL), String::from_utf8_lossy(file));
            let files = Value::List(vec![Value::from(&*text)]);
            let question = [("question", Value::from("import")), ("into", Value::from(into)), ("files", files)];
            self.keep_undated(&Done(None, &[("audit", &Value::from(question))]));
        }
        Ok(brought)
    }

    fn bring(&self, into: &str, said: &FormValue<'_>, files: &[(usize, &[u8])]) -> Result<Value, Error> {
        let (mut records, mut skipped) = (Vec::new(), 0);
        for (place, file) in files {
            let brought = Brought::read(file).map_err(|problem| {
                if files.len() == 1 {
                    said.wrong(problem)
                } else {
                    said.within(&format!("[{place}]"), &Value::Null).wrong(problem)
                }
            })?;
            records.extend(brought.records);
            skipped += brought.skipped;
        }
        let added = records.len();
        let all = lock(&self.journal).recorder.imported.add(into, records);
        let all =
            all.ok_or_else(|| said.wrong(format!("brings too many records: a world holds {MOST} of files at most")))?;
        Ok(Value::from([
            ("into", Value::from(into)),
            ("added", Value::count(added)),
            ("skipped", Value::count(skipped)),
            ("records", Value::count(all)),
        ]))
    }

    /// The answer to `import`.
    pub(super) fn imported(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, into, files, forget] = said.structure(["question", "into", "files", "forget"])?;
        let into = said.within("into", into).maybe_text("the name of a set of records")?.unwrap_or(USUAL);
        if said.within("forget", forget).maybe_flag()? == Some(true) {
            let forgotten = lock(&self.journal).recorder.imported.remove(into);
            return Ok(Value::from([("into", Value::from(into)), ("forgotten", Value::Bool(forgotten))]));
        }
        let said = said.within("files", files);
        let values = said.list("a list of the texts of trail files, unpacked", MOST_FILES)?;
        let (mut found, mut length) = (Vec::new(), 0);
        for (place, value) in values.iter().enumerate() {
            let text = value.member("text").unwrap_or(value);
            let bytes = text.as_text().map(str::as_bytes).or_else(|| text.as_bytes());
            let step = format!("[{place}]");
            let bytes = bytes.ok_or_else(|| said.within(&step, value).must_be("the text of a trail file, unpacked"))?;
            length += bytes.len();
            found.push((place, bytes));
        }
        if length > LONGEST {
            return Err(said.wrong(format!("are longer than {LONGEST} bytes together: import them one by one")));
        }
        self.bring(into, &said, &found)
    }
}
