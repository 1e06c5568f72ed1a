//! A script of commands of the AWS CLI, for `bash`.

use pocket_kms::{Value, wire};

use super::{
    Export,
    cloudformation::exported,
    documents::rewritten,
    inventory::{Inventory, Key, Principal},
};

pub(super) fn write(inventory: &Inventory<'_>, export: &mut Export) {
    let mut script = Script { inventory, text: HEAD.to_owned() };
    for principal in inventory.principals.iter().filter(|principal| !principal.exists) {
        match principal.service() {
            None => script.principal(principal),
            Some((_, None)) => {}
            Some((service, Some(suffix))) => {
                let mut options = vec![("aws-service-name", service.to_owned())];
                options.extend((!suffix.is_empty()).then(|| ("custom-suffix", suffix.to_owned())));
                script.command(principal.account, None, "iam create-service-linked-role", &options);
            }
        }
    }
    let keys = || inventory.keys.iter().filter(|key| !key.is_replica || !key.waits());
    for key in keys() {
        if !key.exists {
            script.key(key);
        }
        script.grants(key);
    }
    for (arn, document) in &inventory.policies {
        script.managed_policy(arn, document);
    }
    let own = inventory.principals.iter().filter(|principal| principal.exists || principal.service().is_none());
    own.for_each(|principal| script.policies(principal));
    keys().for_each(|key| script.finish(key));
    inventory.leave_out_what_has_no_material(export);
    export.files.push(("keys.sh".to_owned(), script.text));
}

/// The grants of keys that stacks of CloudFormation make, whose ids are what the stacks export; none where there is none.
pub(super) fn grants(inventory: &Inventory<'_>, is_in_stack: &dyn Fn(&Key<'_>) -> bool) -> Option<String> {
    let mut script = Script { inventory, text: format!("{HEAD}# To be run when the stacks are there.\n") };
    let mut known: Vec<usize> = Vec::new();
    let granted: Vec<&Key<'_>> =
        inventory.keys.iter().filter(|key| is_in_stack(key) && !key.grants().is_empty()).collect();
    for key in &granted {
        // Related keys have one id, which the first of them exports.
        for place in inventory.pieces(key.id).into_iter().filter_map(Result::err) {
            if known.contains(&place) {
                continue;
            }
            known.push(place);
            let first = &inventory.keys[place];
            let query = format!("Exports[?Name=='{}'].Value", exported(first));
            let options = [("query", query), ("output", "text".to_owned())];
            let line = script.line(first.account, Some(first.region), "cloudformation list-exports", &options);
            script.text.extend([&first.variable(), "=$(", &line, ")\n"]);
        }
        // A disabled key takes no grants, and its stack has disabled it.
        let id = [("key-id", key.id.to_owned())];
        let is_disabled = key.is_disabled();
        if is_disabled {
            script.command(key.account, Some(key.region), "kms enable-key", &id);
        }
        script.grants(key);
        if is_disabled {
            script.command(key.account, Some(key.region), "kms disable-key", &id);
        }
    }
    (!granted.is_empty()).then_some(script.text)
}

const HEAD: &str = "#!/usr/bin/env bash\n# Written by pocket-kms. Each account is a profile of its own, named after it.\nset -euo pipefail\n";

struct Script<'i, 'a> {
    inventory: &'i Inventory<'a>,
    text: String,
}

impl Key<'_> {
    /// The variable that holds its id: no variable that means something to the shell ends so.
    fn variable(&self) -> String {
        [&self.name, "Id"].concat()
    }
}

impl Script<'_, '_> {
    /// A command with its options; a value is quoted, and has the ids of keys as variables.
    fn command(&mut self, account: &str, region: Option<&str>, words: &str, options: &[(&str, String)]) {
        self.text += &self.line(account, region, words, options);
        self.text.push('\n');
    }

    fn line(&self, account: &str, region: Option<&str>, words: &str, options: &[(&str, String)]) -> String {
        let mut line = format!("aws --profile {account} ");
        line.extend(region.map(|region| format!("--region {region} ")));
        line += words;
        for (name, value) in options {
            line.extend([" --", name]);
            if !value.is_empty() {
                line.extend([" ", &self.quoted(value)]);
            }
        }
        line
    }

    /// A value in double quotes.
    fn quoted(&self, text: &str) -> String {
        let mut quoted = String::from("\"");
        for piece in self.inventory.pieces(text) {
            match piece {
                Ok(plain) => {
                    for character in plain.chars() {
                        if matches!(character, '"' | '\\' | '$' | '`') {
                            quoted.push('\\');
                        }
                        quoted.push(character);
                    }
                }
                Err(place) => quoted.extend(["${", &self.inventory.keys[place].variable(), "}"]),
            }
        }
        quoted.push('"');
        quoted
    }

    fn principal(&mut self, principal: &Principal<'_>) {
        let kind = principal.kind;
        let mut options = vec![(name_of(kind), principal.own_name.to_owned()), ("path", principal.path.clone())];
        options.extend(principal.trust().map(|trust| ("assume-role-policy-document", json(trust))));
        options.extend(principal.longest_session().map(|seconds| ("max-session-duration", json(seconds))));
        let tags = principal
            .tags()
            .map(|(name, value)| Value::from([("Key", Value::from(name)), ("Value", Value::from(value))]));
        let tags: Vec<Value> = tags.collect();
        if !tags.is_empty() {
            options.push(("tags", json(&Value::List(tags))));
        }
        self.command(principal.account, None, &format!("iam create-{kind}"), &options);
    }

    fn managed_policy(&mut self, arn: &str, document: &Value) {
        let fields: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, _, _, _, account, path] = fields[..] else { return };
        let (path, name) = path.strip_prefix("policy").unwrap_or(path).rsplit_once('/').unwrap_or(("", path));
        let options =
            [("policy-name", name.to_owned()), ("path", format!("{path}/")), ("policy-document", json(document))];
        self.command(account, None, "iam create-policy", &options);
    }

    fn policies(&mut self, principal: &Principal<'_>) {
        let (kind, account) = (principal.kind, principal.account);
        let holder = (name_of(kind), principal.own_name.to_owned());
        for (name, document) in principal.policies() {
            let options = [holder.clone(), ("policy-name", name), ("policy-document", json(document))];
            self.command(account, None, &format!("iam put-{kind}-policy"), &options);
        }
        for arn in principal.texts("managedPolicies") {
            let options = [holder.clone(), ("policy-arn", arn.to_owned())];
            self.command(account, None, &format!("iam attach-{kind}-policy"), &options);
        }
        for group in principal.texts("groups") {
            let options = [holder.clone(), ("group-name", group.to_owned())];
            self.command(account, None, "iam add-user-to-group", &options);
        }
        if let Some(arn) = principal.text("permissionsBoundary") {
            let options = [holder, ("permissions-boundary", arn.to_owned())];
            self.command(account, None, &format!("iam put-{kind}-permissions-boundary"), &options);
        }
    }

    fn key(&mut self, key: &Key<'_>) {
        let tags = key
            .tags()
            .map(|(name, value)| Value::from([("TagKey", Value::from(name)), ("TagValue", Value::from(value))]));
        let tags: Vec<Value> = tags.collect();
        let mut options = Vec::new();
        if !tags.is_empty() {
            options.push(("tags", json(&Value::List(tags))));
        }
        options.extend(
            key.text("description").filter(|text| !text.is_empty()).map(|text| ("description", text.to_owned())),
        );
        if key.is_replica {
            let primary = self.inventory.keys.iter().find(|other| other.id == key.id && !other.is_replica);
            let region = primary.map_or(key.region, |primary| primary.region);
            options.push(("key-id", key.id.to_owned()));
            options.push(("replica-region", key.region.to_owned()));
            self.command(key.account, Some(region), "kms replicate-key", &options);
        } else {
            for (member, option) in [
                ("spec", "key-spec"),
                ("usage", "key-usage"),
                ("origin", "origin"),
                ("customKeyStoreId", "custom-key-store-id"),
                ("xksKeyId", "xks-key-id"),
            ] {
                options.extend(key.text(member).map(|text| (option, text.to_owned())));
            }
            if key.is("multiRegion") {
                options.push(("multi-region", String::new()));
            }
            let line = self.line(key.account, Some(key.region), "kms create-key", &options);
            self.text.extend([&key.variable(), "=$(", &line, " --query KeyMetadata.KeyId --output text)\n"]);
        }
        let id = || ("key-id", key.id.to_owned());
        if let Some(Value::Int(days)) = key.value.member("rotationPeriodInDays").filter(|_| !key.is_replica) {
            let options = [id(), ("rotation-period-in-days", days.to_string())];
            self.command(key.account, Some(key.region), "kms enable-key-rotation", &options);
        }
        for alias in key.list("aliases").iter().filter_map(Value::as_text) {
            let options = [("alias-name", alias.to_owned()), ("target-key-id", key.id.to_owned())];
            self.command(key.account, Some(key.region), "kms create-alias", &options);
        }
    }

    fn grants(&mut self, key: &Key<'_>) {
        for grant in key.grants() {
            let mut options = vec![("key-id", key.id.to_owned())];
            for (member, option) in [
                ("GranteePrincipal", "grantee-principal"),
                ("GranteeServicePrincipal", "grantee-service-principal"),
                ("RetiringPrincipal", "retiring-principal"),
                ("RetiringServicePrincipal", "retiring-service-principal"),
                ("Name", "name"),
                ("Operations", "operations"),
                ("Constraints", "constraints"),
            ] {
                let value = grant.member(member);
                options.extend(value.map(|value| (option, value.as_text().map_or_else(|| json(value), str::to_owned))));
            }
            self.command(key.account, Some(key.region), "kms create-grant", &options);
        }
    }

    fn finish(&mut self, key: &Key<'_>) {
        let id = ("key-id", key.id.to_owned());
        if key.is_disabled() && !key.exists {
            self.command(key.account, Some(key.region), "kms disable-key", std::slice::from_ref(&id));
        }
        if let Some(policy) = &key.policy {
            let policy = rewritten(policy, &|text| Value::from(text));
            let options = [id, ("policy", json(&policy)), ("bypass-policy-lockout-safety-check", String::new())];
            self.command(key.account, Some(key.region), "kms put-key-policy --policy-name default", &options);
        }
    }
}

/// The option that names a principal.
fn name_of(kind: &str) -> &'static str {
    match kind {
        "role" => "role-name",
        "user" => "user-name",
        _ => "group-name",
    }
}

fn json(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        value => String::from_utf8(wire::to_json(value)).unwrap_or_default(),
    }
}
