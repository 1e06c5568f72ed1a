//! What stands in a recipe for something that is known only once earlier steps have been performed.

use crate::{
    error::Error,
    wire::{Base64, Depth, Members, Room, Value, to_json},
};

/// The replies of earlier steps by the names that they were given.
#[derive(Default)]
pub(super) struct Replies(pub(super) Vec<(String, Value)>);

/// What a structure of one member whose name begins with a `$` stands for.
enum Stands<'a> {
    From(&'a Value),
    Text(&'a Value),
    Json(&'a Value),
    Base64(&'a Value),
    Literal(&'a Value),
}

impl<'a> Stands<'a> {
    fn of(members: &'a Members) -> Option<Self> {
        let [(name, value)] = &members[..] else { return None };
        match &**name {
            "$from" => Some(Self::From(value)),
            "$text" => Some(Self::Text(value)),
            "$json" => Some(Self::Json(value)),
            "$base64" => Some(Self::Base64(value)),
            "$literal" => Some(Self::Literal(value)),
            _ => None,
        }
    }
}

impl Replies {
    /// A value with everything in its place. What comes of it is as long and as deep as a request may be.
    pub(super) fn fill(&self, value: &Value) -> Result<Value, Error> {
        self.filled(value, Depth::OUTSIDE, &mut Room::default())
    }

    fn filled(&self, value: &Value, depth: Depth, room: &mut Room) -> Result<Value, Error> {
        match value {
            Value::Map(members) => {
                let deeper = depth.deeper()?;
                match Stands::of(members) {
                    Some(Stands::From(path)) => self.find(path, room),
                    Some(Stands::Text(parts)) => self.joined(parts, deeper, room),
                    Some(Stands::Json(value)) => self.written(value, deeper, room),
                    Some(Stands::Base64(text)) => {
                        let bytes = text.as_text().and_then(Base64::decode).map(|bytes| Value::Secret(bytes.0));
                        let bytes = bytes.ok_or_else(|| Error::recipe("$base64 takes the base64 of bytes, a text"))?;
                        spend(room, &bytes)?;
                        Ok(bytes)
                    }
                    Some(Stands::Literal(value)) => {
                        spend(room, value)?;
                        Ok(value.clone())
                    }
                    None => {
                        let mut filled = Members::with_capacity(members.len());
                        for (name, value) in members {
                            room.spend(name.len() + 4)?;
                            filled.push((name.clone(), self.filled(value, deeper, room)?));
                        }
                        Ok(Value::Map(filled))
                    }
                }
            }
            Value::List(values) => {
                let deeper = depth.deeper()?;
                let filled: Result<Vec<Value>, Error> =
                    values.iter().map(|value| self.filled(value, deeper, room)).collect();
                filled.map(Value::List)
            }
            scalar => {
                spend(room, scalar)?;
                Ok(scalar.clone())
            }
        }
    }

    /// The member of a reply.
    fn find(&self, path: &Value, room: &mut Room) -> Result<Value, Error> {
        let not_one = || {
            Error::recipe(
                "$from takes the name of an earlier step and the way into its reply, such as [\"Key\", \"KeyMetadata\", \"Arn\"]",
            )
        };
        let Value::List(steps) = path else { return Err(not_one()) };
        let Some((Value::Text(name), way)) = steps.split_first() else { return Err(not_one()) };
        let reply = self.0.iter().find(|(known, _)| known == name);
        let mut found = reply
            .map(|(_, reply)| reply)
            .ok_or_else(|| Error::recipe(format!("no earlier step is named {name:.100}")))?;
        for step in way {
            let next = match (found, step) {
                (Value::Map(_), Value::Text(member)) => found.member(member),
                (Value::List(values), Value::Int(place)) => usize::try_from(*place).ok().and_then(|at| values.get(at)),
                _ => None,
            };
            found = next.ok_or_else(|| {
                let shown = String::from_utf8_lossy(&to_json(path)).into_owned();
                Error::recipe(format!("the reply has nothing at {shown:.300}"))
            })?;
        }
        spend(room, found)?;
        Ok(found.clone())
    }

    fn joined(&self, parts: &Value, depth: Depth, room: &mut Room) -> Result<Value, Error> {
        let Value::List(parts) = parts else { return Err(Error::recipe("$text takes a list of parts")) };
        let mut text = String::new();
        for part in parts {
            match self.filled(part, depth, room)? {
                Value::Text(part) => text += &part,
                Value::Int(number) => text += &number.to_string(),
                Value::Bool(flag) => text += if flag { "true" } else { "false" },
                Value::Time(time) => text += &time.to_string(),
                _ => return Err(Error::recipe("the parts of $text are texts, whole numbers and truths")),
            }
        }
        Ok(Value::Text(text))
    }

    fn written(&self, value: &Value, depth: Depth, room: &mut Room) -> Result<Value, Error> {
        let text = to_json(&self.filled(value, depth, room)?);
        Ok(Value::Text(String::from_utf8(text).unwrap_or_default()))
    }
}

/// What a value takes of the room that there is.
fn spend(room: &mut Room, value: &Value) -> Result<(), Error> {
    value.admit()?;
    room.spend(match value {
        Value::Text(text) => text.len() + 2,
        Value::Blob(bytes) => bytes.len() * 4 / 3,
        Value::Secret(bytes) => bytes.len() * 4 / 3,
        Value::List(_) | Value::Map(_) => to_json(value).len(),
        _ => 4,
    })
}
