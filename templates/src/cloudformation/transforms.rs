//! What happens to templates before CloudFormation reads them: what of it is known here, and what is not.

use super::Stack;
use crate::{scene::Scene, text::Content};

/// The function that runs a macro at one place of a template.
pub(super) const FUNCTION: &str = "Fn::Transform";

/// Transforms that are read here, or that say nothing of keys, principals and policies.
const KNOWN: [&str; 5] = [
    "AWS::CodeDeployBlueGreen",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-2020-07-23",
    "AWS::SecretsManager-2024-09-16",
    "AWS::Serverless-2016-10-31",
];

/// Why a macro is not run, which may have a name.
pub(super) fn why(name: Option<&str>) -> String {
    match name {
        Some("AWS::Include") => {
            "Fn::Transform is not computed here: AWS::Include reads a file from S3; put its text into the template"
                .to_owned()
        }
        Some(name) => format!("Fn::Transform is not computed here: the macro {name:.100} runs in Lambda"),
        None => "Fn::Transform is not computed here: CloudFormation's macros run in Lambda".to_owned(),
    }
}

/// Says which transforms of a whole template are not run.
pub(super) fn leave_out(stack: &Stack<'_>, scene: &mut Scene) {
    let Some(section) = stack.node.member("Transform") else { return };
    let one = std::slice::from_ref(section);
    let named = if let Content::List(elements) = &section.content { elements } else { one };
    for node in named {
        // A macro is named, or has a name and parameters.
        let name = node.text().or_else(|| node.text_of("Name"));
        if name.is_none_or(|name| !KNOWN.contains(&name)) {
            scene.leave_out(stack.file, node.place, "Transform", why(name));
        }
    }
}
