//! The intrinsic functions of templates.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{evaluation::Scope, networks, transforms};
use crate::{
    data::{Data, Text},
    problem::Problem,
    text::Node,
};

/// The bits of a network's hosts for which `Fn::Cidr` is told nothing: it then makes networks of 256 addresses (a decision;
/// the user guide gives no default).
const EVERY_HOST: u32 = 8;

impl Scope<'_, '_> {
    /// The value of a function; `None` where it is `AWS::NoValue`.
    pub(super) fn function(&self, name: &str, given: &Node) -> Result<Option<Data>, Problem> {
        let parts = given.elements();
        let computed = match (name, parts) {
            ("Ref", _) => return self.reference(given),
            ("Fn::If", [condition, then, otherwise]) => {
                return self.value(if self.condition(condition)? { then } else { otherwise });
            }
            ("Fn::GetAtt", _) => Data::Text(self.attribute(given)?),
            ("Fn::Sub", _) => Data::Text(self.substituted(given)?),
            ("Fn::Join", [by, list]) => Data::Text(self.joined(by, list)?),
            ("Fn::Split", [by, text]) => self.split(by, text)?,
            ("Fn::Select", [place, list]) => return self.selected(place, list).map(Some),
            ("Fn::FindInMap", [map, first, second]) => self.found(map, first, second, None)?,
            ("Fn::FindInMap", [map, first, second, otherwise]) => {
                self.found(map, first, second, otherwise.member("DefaultValue"))?
            }
            ("Fn::ImportValue", _) => self.imported(given)?,
            ("Fn::GetAZs", _) => {
                let region = self.text(given)?.known().filter(|region| !region.is_empty()).map(str::to_owned);
                let region = region.unwrap_or_else(|| self.stack().at.region.clone());
                Data::List(["a", "b", "c"].map(|zone| Data::Text(Text::from(format!("{region}{zone}")))).into())
            }
            ("Fn::Base64", _) => Data::Text(self.encoded(given)?),
            ("Fn::Cidr", [block, count]) => self.networks(block, count, None)?,
            ("Fn::Cidr", [block, count, bits]) => self.networks(block, count, Some(bits))?,
            ("Fn::Length", _) => Data::Number(self.some(given)?.elements().len().to_string().into()),
            ("Fn::ToJsonString", _) => Data::Text(self.some(given)?.to_json()),
            ("Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals" | "Fn::Contains", _) => {
                let sentence = format!("{name} belongs into a condition, and has no value elsewhere");
                return Err(self.wrong(given.place, sentence));
            }
            ("Fn::If" | "Fn::Join" | "Fn::Split" | "Fn::Select" | "Fn::FindInMap" | "Fn::Cidr", _) => {
                let sentence = format!("{name} takes a list of other length than {}", parts.len());
                return Err(self.wrong(given.place, sentence));
            }
            ("Fn::Transform", _) => {
                return Err(self.wrong(given.place, transforms::why(given.text_of("Name"))));
            }
            (name, _) => return Err(self.wrong(given.place, format!("there is no function {name:.100}"))),
        };
        Ok(Some(computed))
    }

    /// What `Ref` names: a pseudo parameter, a parameter or a resource.
    fn reference(&self, given: &Node) -> Result<Option<Data>, Problem> {
        let Some(name) = given.text() else { return Err(self.wrong(given.place, "Ref takes a name")) };
        if name == "AWS::NoValue" {
            return Ok(None);
        }
        self.named(name, given).map(Some)
    }

    /// The value of a name that is not `AWS::NoValue`.
    pub(super) fn named(&self, name: &str, used: &Node) -> Result<Data, Problem> {
        if let Some(pseudo) = name.strip_prefix("AWS::") {
            return self.pseudo(pseudo, used);
        }
        if let Some(declared) = self.sections().parameters.get(name) {
            return self.parameter(name, declared, used);
        }
        self.resource_id(name, used).map(Data::Text)
    }

    fn pseudo(&self, name: &str, used: &Node) -> Result<Data, Problem> {
        let stack = self.stack();
        let at = &stack.at;
        let text = match name {
            "AccountId" => at.account.clone(),
            "Region" => at.region.clone(),
            "Partition" => at.partition.clone(),
            "StackName" => stack.name.clone(),
            "URLSuffix" if at.partition == "aws-cn" => "amazonaws.com.cn".to_owned(),
            "URLSuffix" => "amazonaws.com".to_owned(),
            "StackId" => {
                let id = "00000000-0000-4000-8000-000000000000";
                format!("arn:{}:cloudformation:{}:{}:stack/{}/{id}", at.partition, at.region, at.account, stack.name)
            }
            "NotificationARNs" => return Ok(Data::List(Vec::new())),
            _ => return Err(self.wrong(used.place, format!("there is no pseudo parameter AWS::{name:.100}"))),
        };
        Ok(Data::Text(Text::from(text)))
    }

    fn joined(&self, by: &Node, list: &Node) -> Result<Text, Problem> {
        let (by, values) = (self.text(by)?, self.some(list)?);
        let mut joined = Text::default();
        for (place, element) in values.elements().iter().enumerate() {
            let text = element.to_text().ok_or_else(|| self.wrong(list.place, "Fn::Join joins texts"))?;
            if place > 0 {
                joined.append(&by);
            }
            joined.append(&text);
        }
        Ok(joined)
    }

    fn encoded(&self, given: &Node) -> Result<Text, Problem> {
        let text = self.text(given)?;
        let Some(known) = text.known() else {
            return Err(self.wrong(given.place, "Fn::Base64 encodes a text that is known before its keys are there"));
        };
        Ok(Text::from(BASE64_STANDARD.encode(known)))
    }

    fn networks(&self, block: &Node, count: &Node, bits: Option<&Node>) -> Result<Data, Problem> {
        let number = |node: &Node| {
            let number = self.some(node)?.whole().and_then(|number| u32::try_from(number).ok());
            number.ok_or_else(|| self.wrong(node.place, "Fn::Cidr takes whole numbers behind the block"))
        };
        let text = self.text(block)?;
        let (count, bits) = (number(count)? as usize, bits.map_or(Ok(EVERY_HOST), number)?);
        let networks = networks::cut(text.known().unwrap_or_default(), count, bits);
        let networks = networks.map_err(|sentence| self.wrong(block.place, sentence))?;
        Ok(Data::List(networks.into_iter().map(|network| Data::Text(Text::from(network))).collect()))
    }

    fn split(&self, by: &Node, text: &Node) -> Result<Data, Problem> {
        let separator = self.text(by)?;
        let Some(separator) = separator.known().filter(|known| !known.is_empty()) else {
            return Err(self.wrong(by.place, "Fn::Split splits at a text"));
        };
        let pieces = self.text(text)?.split(separator);
        Ok(Data::List(pieces.into_iter().map(Data::Text).collect()))
    }

    fn selected(&self, place: &Node, list: &Node) -> Result<Data, Problem> {
        let index = self.some(place)?.whole().and_then(|index| usize::try_from(index).ok());
        let Some(index) = index else {
            return Err(self.wrong(place.place, "Fn::Select takes the number of an element"));
        };
        let values = self.some(list)?;
        let elements = values.elements();
        let count = elements.len();
        let missing = || self.wrong(place.place, format!("there is no element {index}: the list has {count}"));
        elements.get(index).cloned().ok_or_else(missing)
    }

    fn found(&self, map: &Node, first: &Node, second: &Node, otherwise: Option<&Node>) -> Result<Data, Problem> {
        let names = [self.text(map)?, self.text(first)?, self.text(second)?];
        let known = names.each_ref().map(|name| name.known().unwrap_or_default());
        let mapping = self.sections().mappings.get(known[0]);
        let value = mapping.and_then(|mapping| mapping.find(&known[1..]));
        match (value, otherwise) {
            // A mapping has values: no function stands in it.
            (Some(value), _) => Ok(Data::of(value)),
            (None, Some(otherwise)) => self.some(otherwise),
            (None, None) => {
                let [map_name, first, second] = known;
                let sentence = format!("the mapping {map_name:.100} has nothing for {first:.100} and {second:.100}");
                Err(self.wrong(map.place, sentence))
            }
        }
    }

    fn imported(&self, given: &Node) -> Result<Data, Problem> {
        let name = self.text(given)?;
        let name = name.known().unwrap_or_default();
        if let Some(value) = self.all.options.imports.get(name) {
            return Ok(Data::Text(Text::from(value.as_str())));
        }
        let Some((place, value)) = self.all.exports.get(name) else {
            let sentence =
                format!("nothing exports {name:.200}: give it as an import, or the template that exports it");
            return Err(self.wrong(given.place, sentence));
        };
        self.once(&format!("the export {name}"), given.place, || Scope::new(self.all, *place).some(value))
    }
}
