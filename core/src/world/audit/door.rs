//! The one door by which hosts ask what was recorded.

use super::super::{World, recipe::Done};
use crate::{error::Error, time::Time, wire::Value};

/// Every question, and who answers it.
const QUESTIONS: &[(&str, Answer)] = &[
    ("assert", World::asserted),
    ("export", World::exported),
    ("import", World::imported),
    ("lookup", World::asked_for_events),
    ("matches", World::matching),
    ("events", World::told_events),
    ("records", World::recorded),
    ("least_privilege", World::least_privilege),
    ("unused", World::unused),
    ("users_of", World::users_of),
    ("dry_deletion", World::dry_deletion),
    ("findings", World::told_findings),
    ("diff", World::changed),
    ("metrics", World::listed_metrics),
    ("metric_data", World::told_metric_data),
    ("open_metrics", World::told_open_metrics),
    ("alarms", World::watched_alarms),
];

/// Answers a question at the world's time.
type Answer = fn(&World, &Value, Time) -> Result<Value, Error>;

impl World {
    /// Answers a question about what was recorded, after what has fallen due is settled. Nothing else changes: no clock, no
    /// key, no quota, no randomness.
    ///
    /// A question is a structure with `question` and these members, of which names may also be written as Python does
    /// (`read_only`):
    ///
    /// | `question` | members |
    /// | --- | --- |
    /// | `records` | `filter`, `of`, `limit`, `order` (`oldest` or `newest` first), `after` and `before`: numbers of records. The answer has `records`, each as CloudTrail writes it, and their `numbers`; `more`, whether there are more; `next`, from which to go on: the next `after`, or, newest first, the next `before`; `oldest`, the number of the oldest one that is kept, and `dropped`, how many are not kept any more |
    /// | `assert` | `operation`, `filter`, `of`, `after`, and one rule: `times`, `at_least` or `at_most` (a number of records), `never` (true), `all` (a filter that all of them must match) or `in_order` (filters, or names of operations, that must match some of them behind one another); without a rule, there must be one. A call counts once, whoever was told of it. The answer has `holds`, `count`, `message`, which shows the nearest records and where they differ, and the `records` that it shows, with their `numbers` |
    /// | `export` | `filter`, `of`, `after`, `limit` and `form`: `trail` (the answer has `files`, each with the `name` that it has in a bucket of CloudTrail, its `text`, which whoever writes it packs by gzip, and how many `records` it has), `lines` (`text`: one record a line, in the order of time) or `lookup` (`events`, as LookupEvents tells them); also `count`, `next`, `more` and `dropped` |
    /// | `import` | `files`: the texts of trail files, unpacked, of any version from 1.02 to 1.11, or answers of LookupEvents, or one record a line; `into`: the name of the set to which they are added, or that is forgotten, with `forget` (true). The answer has `into`, `added`, `skipped` (records of other services) and `records` |
    /// | `lookup` | `input`: a request of CloudTrail's LookupEvents; `account`, `region`, `of`. The answer is its response |
    /// | `matches` | `pattern`: a filter pattern of CloudWatch Logs; `filter`, `of`, `limit`, or `records` that the question brings along. The answer has `count`, how many of the `tested` ones match, and these `records` with their `numbers` |
    /// | `metrics` | `namespace`, `name`, `dimensions` (a structure; null stands for any value), `account`, `region`: which metrics are meant; `recently_active`: only those of the last three hours, in place of two weeks. The answer has `metrics`, each with these members |
    /// | `metric_data` | the same, and `statistic` (`Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as `p99`), `period` in seconds (60), `from` (three hours ago) and `to` (now). The answer has `data`, periods that have values, each with `time` and `value`: of all metrics that are meant together, or with `each` as a member of each of them in `metrics` |
    /// | `alarms` | `put`: an alarm, or several; `remove`: names; `after`: the number of a change. An alarm is a structure with `name`, a ready-made `recipe`, or a `metric` (with `namespace`, `dimensions`, `account`, `region`, `key`, `store`, `statistic`) or a `filter` of records, and with `threshold`, `comparison`, `period`, `evaluation_periods`, `datapoints_to_alarm` and `treat_missing_data` as CloudWatch has them; `quota` for the recipe `quota_share`. The answer has `alarms`, each with `name`, `state`, `since`, `reason` and the `alarm` as it was put, and their `changes`, each with `number`, `name`, `time`, `from`, `to` and `reason`; `next`, the number of the last one; and `dropped` |
    /// | `open_metrics` | nothing: the answer has the `text` and its `mediaType` |
    /// | `events` | `after` and `limit`: behind which record to begin, and how many to look at (1,000); `rule_state` (`ENABLED`, or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`), `account`, `region`; `repeat_deletions`, whether the deletion of a key is told twice, as AWS may do. The answer has `events`, each as EventBridge hands it to its targets, `next`, `more`, `oldest` and `dropped` |
    /// | `least_privilege` | `principal` (an account for its root user, the ARN of a user, of a role with all its sessions, or of one session, or the name of a service); `form`: `identity` (the default), `key policy` or `grant`; `conditions`: `true` (the default), `false`, or a list of `context`, `context_keys`, `via`, `attestation`, `caller_account`, `grant_is_for_aws_resource`; `denied`: whether to allow what was denied, too; `filter`; `inventory`: whether the answer is to have one, too, from which the module of templates writes infrastructure code. The answer has `policy` (an identity policy, or null), `keyPolicies` (of `key` and `statements`), `grants` (as CreateGrant takes them), `allowedElsewhere` (what key policies or grants go on to allow), `denied`, `notes`, `calls`, `from` and `to` |
    /// | `unused` | `principal` as above, `filter`. The answer has `statements` of its identity policies and of key policies that name it (`layer`, `policy` or `key`, `statement`, `sid`, `used`, `actions` with what was `used` and, by access level, `unused` of each, `unusedResources`), `grants` (`key`, `grantId`, `used`, `needed`, `unused`), what was `needed` at all, and `trusted`: whether its account is in trust mode |
    /// | `users_of` | `key` (in any of its four forms; `account`, `region`), `filter`. The answer has `users`, each with `principal`, `times`, `first`, `last`, `refused`, `operations`, `contexts` (values by names), `sessions`, `via`, `by` (what allowed it) and `materials` |
    /// | `dry_deletion` | the same, and `state`: `pending deletion` (the default), `disabled` or `deleted`. The answer has `safe`, `callers` (of `principal` and `operations`, each with `times`, `first`, `last`, `error` and `message`): those whose calls would have failed; `unaffected`, and `lost` (`aliases`, `grants`, `replicas`) |
    /// | `findings` | `regions` and `endpoints` that are expected, `filter`. The answer has `findings`, each with `finding`, `sentence`, `subject`, `times`, `first`, `last` and the ids of the events that prove it, `records` |
    /// | `diff` | `from` and `to`: instants (now, where nothing is said; the past needs history), or `before` and `after`: inventories of two worlds. The answer has `same`, `changes` (`change`: `added`, `removed` or `changed`; `of`, `subject`, `path`, `before`, `after`) and `text` |
    ///
    /// `of` names a set of records that trail files have brought; without it, those of the world are meant. A `filter` is a
    /// structure of these members; all that are there must hold:
    ///
    /// | member | a record is meant when |
    /// | --- | --- |
    /// | `operation` | its event has this name, or one of these; `*` stands for any text |
    /// | `caller` | its caller has this ARN, is a session of this role, or is of this account; or is this service; or one of several; `*` as above |
    /// | `key` | it is about this key (id, ARN or alias), or one of these, also where it was refused early and CloudTrail shows none; an alias means the key to which it belongs now |
    /// | `alias` | the request has named this alias; `*` as above |
    /// | `encryption_context` | a context of the request has all these pairs; null stands for any value |
    /// | `via` | this service has forwarded the caller's session |
    /// | `outcome` | it is `ok`, `refused` (also denied) or `denied` |
    /// | `error` | it has this code of an error; `*` as above |
    /// | `read_only` | the operation only reads, or does not |
    /// | `account`, `region` | it was told to this account; it was made in this Region |
    /// | `from`, `to` | its time is not before, or not behind this one |
    /// | `grant` | it shows this id of a grant, or this grant allows what was asked for |
    /// | `request_id`, `event_id`, `shared_id` | it has this id |
    /// | `pattern` | this filter pattern of CloudWatch Logs matches it |
    ///
    /// # Errors
    /// `ValidationException` with a sentence of ours that begins with the place of what is wrong.
    pub fn audit(&self, question: &Value, host_now: Time) -> Result<Value, Error> {
        let named = question.member("question").and_then(Value::as_text);
        // Files are longer than requests, and have a limit of their own.
        if named != Some("import") {
            question.admit()?;
        }
        let answer = QUESTIONS.iter().find(|(name, _)| Some(*name) == named).map(|(_, answer)| answer);
        let known = || QUESTIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let answer = answer.ok_or_else(|| Error::no_such_audit_question(named, &known()))?;
        let now = self.now(host_now);
        // What has fallen due has left records.
        drop(self.settled(now));
        let answered = answer(self, question, now)?;
        let puts = |name| question.member(name).is_some_and(|value| *value != Value::Null);
        if named == Some("import") || (named == Some("alarms") && (puts("put") || puts("remove"))) {
            self.keep(now, &Done(None, &[("audit", question)]));
        }
        Ok(answered)
    }
}
