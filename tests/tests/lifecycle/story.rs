//! Acts in the world and in the model at once.

use std::collections::BTreeSet;

use pocket_kms::{Error, Value};

use crate::{
    acts::{Act, Pick, Wait},
    driver::{Driver, member},
    model::{Answer, DAY, Import, Instant, Model, Place, Refusal, Told},
    shown,
};

/// When every story begins: 2026-11-25T12:00:00Z.
const START: Instant = 1_795_608_000_000;

/// No story goes on for longer, so that lists stay short.
const END: Instant = START + 200 * 365 * DAY;

pub(crate) struct Story {
    pub(crate) model: Model,
    pub(crate) driver: Driver,
    /// How the calls of each kind have ended, and what time has brought.
    seen: BTreeSet<String>,
}

impl Story {
    pub(crate) fn new() -> Self {
        let model = Model { now: START, ..Model::default() };
        Self { model, driver: Driver::new(), seen: BTreeSet::new() }
    }

    /// Tells all acts, and in the end looks at every key once more. What has been seen on the way is told.
    pub(crate) fn tell(acts: &[Act]) -> BTreeSet<String> {
        let mut story = Self::new();
        for act in acts {
            story.act(act);
        }
        for key in story.model.places() {
            story.look(key);
        }
        for number in 0..story.driver.sealed.len() {
            for region in 0..crate::model::REGIONS.len() {
                story.on_key(&Act::Decrypt { sealed: number, region }, (story.model.sealed[number].0, region));
            }
        }
        story.seen.extend(story.model.happened.iter().map(|what| (*what).to_owned()));
        story.seen
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Wait(wait) => self.wait(*wait),
            Act::Fork => self.driver.fork(),
            Act::Restore => self.driver.restore(),
            Act::ListRotations { key, all, limit } => {
                if let Some(key) = self.picked(*key) {
                    self.list(key, *all, *limit);
                }
            }
            act => {
                if let Some(key) = self.place_of(act) {
                    self.on_key(act, key);
                    if let Act::RotateOnDemand { again, .. } = act {
                        (0..*again).for_each(|_| self.on_key(act, key));
                    }
                    if self.model.find(key).is_ok() {
                        self.look(key);
                    }
                }
            }
        }
        self.driver.check_deadline(&self.model);
    }

    /// Where an act goes; nowhere, if there is nothing yet that it could be about.
    fn place_of(&self, act: &Act) -> Option<Place> {
        match act {
            Act::Create { region, .. } => Some((self.model.sets.len(), *region)),
            Act::Decrypt { sealed, region } => {
                let count = self.model.sealed.len();
                (count > 0).then(|| (self.model.sealed[sealed % count].0, *region))
            }
            Act::ReEncrypt { to, .. } => self.picked(*to).filter(|_| !self.model.sealed.is_empty()),
            act => self.picked(act.key()?),
        }
    }

    fn picked(&self, Pick(number): Pick) -> Option<Place> {
        let (places, sets) = (self.model.places(), self.model.sets.len());
        if number % 13 == 12 || places.is_empty() {
            return (sets > 0).then(|| (number / 13 % sets, number % 3));
        }
        Some(places[number % places.len()])
    }

    fn wait(&mut self, wait: Wait) {
        let now = self.model.now;
        let sets = self.model.sets.iter().enumerate();
        let next = sets.filter_map(|(number, set)| Some((set.next_rotation()?, (number, set.primary)))).min();
        let to = match wait {
            Wait::Span(span) => Some(now + span),
            Wait::Deadline(more) => self.model.next_event().map(|at| at + more),
            Wait::Conflict(more) => next.map(|(due, _)| due - 1_200_000 + more),
        };
        let Some(to) = to.filter(|to| (now..END).contains(to)) else { return };
        self.driver.advance(now, to);
        self.model.advance(to);
        if let (Wait::Conflict(_), Some((_, key))) = (wait, next) {
            self.on_key(&Act::RotateOnDemand { key: Pick(0), again: 0 }, key);
        }
    }

    fn on_key(&mut self, act: &Act, key: Place) {
        let count = self.model.sealed.len().max(1);
        let act = match act.clone() {
            Act::Decrypt { sealed, region } => Act::Decrypt { sealed: sealed % count, region },
            Act::ReEncrypt { sealed, to } => Act::ReEncrypt { sealed: sealed % count, to },
            other => other,
        };
        let expected = self.expected(&act, key);
        let found = self.driver.act(&act, key, self.model.now);
        self.compare(&act, key, &expected, &found);
    }

    /// What the model says of an act.
    fn expected(&mut self, act: &Act, key: Place) -> Answer {
        let model = &mut self.model;
        match act {
            Act::Create { kind, multi_region, region } => Ok(model.create(*kind, *multi_region, *region)),
            Act::Describe(_) => model.describe(key),
            Act::Enable(_) => model.enable(key),
            Act::Disable(_) => model.disable(key),
            Act::ScheduleDeletion { days, .. } => model.schedule_deletion(key, *days),
            Act::CancelDeletion(_) => model.cancel_deletion(key),
            Act::EnableRotation { period, .. } => model.enable_rotation(key, *period),
            Act::DisableRotation(_) => model.disable_rotation(key),
            Act::RotateOnDemand { .. } => model.rotate_on_demand(key),
            Act::RotationStatus(_) => model.rotation_status(key),
            Act::Encrypt(_) => model.encrypt(key),
            Act::Decrypt { sealed, region } => model.decrypt(*sealed, *region),
            Act::ReEncrypt { sealed, .. } => model.re_encrypt(*sealed, key),
            Act::Import { bytes, new, stay, description, .. } => {
                let import = Import { bytes: *bytes, new: *new, stay: *stay, description: description.clone() };
                model.import(key, &import)
            }
            Act::DeleteMaterial { material, .. } => model.delete_material(key, *material),
            Act::Replicate { to, .. } => model.replicate(key, *to),
            Act::UpdatePrimary { to, .. } => model.update_primary(key, *to),
            Act::ListRotations { .. } | Act::Wait(_) | Act::Fork | Act::Restore => Ok(Told::Nothing),
        }
    }

    fn compare(&mut self, act: &Act, key: Place, expected: &Answer, found: &Result<Value, Error>) {
        let ended = match expected {
            Ok(told) => word(told),
            Err(refusal) => word(refusal),
        };
        self.seen.insert(format!("{} {ended}", word(act)));
        match (expected, found) {
            (Ok(told), Ok(reply)) => self.check_reply(act, key, told, reply),
            (Err(refusal), Err(error)) => self.check_refusal(act, refusal, error),
            _ => panic!("{act:?} of {key:?}: expected {expected:?}, found {found:?}"),
        }
    }

    fn check_reply(&mut self, act: &Act, key: Place, told: &Told, reply: &Value) {
        let text = |name: &str| member(reply, name).as_text().expect("a text").to_owned();
        let driver = &mut self.driver;
        match told {
            Told::Made => {
                let metadata = member(reply, "KeyMetadata");
                driver.ids.push(member(metadata, "KeyId").as_text().expect("an id").to_owned());
            }
            Told::Sealed(_) => driver.sealed.push(member(reply, "CiphertextBlob").as_bytes().expect("bytes").to_vec()),
            Told::Opened(place, material) => {
                assert_eq!(text("KeyId"), driver.arn(*place), "{act:?}");
                assert_eq!(member(reply, "Plaintext").as_bytes(), Some(&b"plaintext"[..]), "{act:?}");
                driver.learn(place.0, *material, &text("KeyMaterialId"));
            }
            Told::Moved(from, to) => {
                let Act::ReEncrypt { sealed, .. } = act else { panic!("{act:?} moves nothing") };
                driver.learn(self.model.sealed[*sealed].0, *from, &text("SourceKeyMaterialId"));
                driver.learn(key.0, *to, &text("DestinationKeyMaterialId"));
                driver.sealed.push(member(reply, "CiphertextBlob").as_bytes().expect("bytes").to_vec());
            }
            Told::Named(None) => assert!(reply.member("KeyMaterialId").is_none(), "{act:?}: {reply:?}"),
            Told::Named(Some(material)) => {
                assert_eq!(text("KeyId"), driver.arn(key), "{act:?}");
                driver.learn(key.0, *material, &text("KeyMaterialId"));
            }
            Told::Status(schedule) => {
                if !self.model.is_dying_replica(key) {
                    shown::check_status(&driver.arn(key), *schedule, reply);
                }
            }
            Told::Nothing | Told::Shown | Told::Listed => {}
        }
    }

    fn check_refusal(&self, act: &Act, refusal: &Refusal, error: &Error) {
        let Some(exception) = refusal.exception() else { return };
        let (name, message) = (error.exception.name(), error.message.as_deref());
        assert_eq!(name, exception, "{act:?}: {refusal:?}, found {error}");
        if let Refusal::AnotherPending { place, pending } = refusal {
            // What the new material would be called is not known (LIF-147).
            let (arn, id) = (self.driver.arn(*place), self.driver.name_of(place.0, *pending));
            let end = format!(
                ") cannot be imported into KMS key {arn}, because another key material (id: {id}) is pending rotation."
            );
            assert!(message.is_some_and(|text| text.ends_with(&end)), "{act:?}: {message:?}, not {end}");
            return;
        }
        match refusal.sentence(&self.driver) {
            Some(sentence) => assert_eq!(message, Some(sentence.as_str()), "{act:?}"),
            None if refusal.has_no_sentence() => assert_eq!(message, None, "{act:?}"),
            None => {}
        }
    }

    /// Looks at a key from all sides: none may differ from the model.
    fn look(&mut self, key: Place) {
        let now = self.model.now;
        let found = self.driver.act(&Act::Describe(Pick(0)), key, now).expect("a key that is there");
        shown::check_metadata(self, key, member(&found, "KeyMetadata"));
        self.on_key(&Act::RotationStatus(Pick(0)), key);
        self.list(key, true, 1000);
    }

    /// Lists the rotations or the materials of a key page by page.
    fn list(&mut self, key: Place, all: bool, limit: i64) {
        let expected = self.model.list_rotations(key, all);
        let mut listed = Vec::new();
        let mut marker = None;
        loop {
            let mut input = vec![self.driver.named(key), ("Limit", Value::Int(limit))];
            let which = if all { "ALL_KEY_MATERIAL" } else { "ROTATIONS_ONLY" };
            input.push(("IncludeKeyMaterial", Value::from(which)));
            input.extend(marker.take().map(|marker| ("Marker", marker)));
            let found = self.driver.call("ListKeyRotations", input, key.1, self.model.now);
            let act = Act::ListRotations { key: Pick(0), all, limit };
            self.compare(&act, key, &expected, &found);
            let Ok(reply) = found else { return };
            let Value::List(page) = member(&reply, "Rotations") else { panic!("no list: {reply:?}") };
            listed.extend(page.iter().cloned());
            marker = reply.member("NextMarker").cloned();
            assert_eq!(member(&reply, "Truncated"), &Value::Bool(marker.is_some()));
            if marker.is_none() || listed.len() > 2000 {
                break;
            }
            assert_eq!(i64::try_from(page.len()).ok(), Some(limit), "a page that is not the last");
        }
        shown::check_list(self, key, all, &listed);
    }
}

/// The name of a variant.
fn word(variant: &impl std::fmt::Debug) -> String {
    format!("{variant:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect()
}

impl Refusal {
    /// The exception; `None` where the specification does not name one.
    fn exception(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotFound | Self::UnknownMaterial => "NotFoundException",
            Self::NotPrimary(_) | Self::NoPrimary(_, false) | Self::Origin(_) | Self::Spec | Self::OfPrimaryAlone => {
                "UnsupportedOperationException"
            }
            Self::State(_, "disabled") => "DisabledException",
            Self::NoPrimary(_, true) | Self::State(..) | Self::NothingPending(_) | Self::AnotherPending { .. } => {
                "KMSInvalidStateException"
            }
            Self::Usage => "InvalidKeyUsageException",
            Self::Limit(_) => "LimitExceededException",
            Self::Conflict => "ConflictException",
            Self::Incorrect => "IncorrectKeyMaterialException",
            Self::WrongRegion => "ValidationException",
            Self::AlreadyThere => "AlreadyExistsException",
            Self::Some => return None,
        })
    }

    /// AWS has no message here (LIF-78, LIF-89, LIF-148, LIF-149).
    fn has_no_sentence(&self) -> bool {
        matches!(self, Self::Spec | Self::Incorrect)
    }

    /// The sentence, where the specification has one.
    fn sentence(&self, driver: &Driver) -> Option<String> {
        Some(match self {
            Self::NotPrimary(key) => format!("{} is not a multi-region primary key.", driver.arn(*key)),
            Self::NoPrimary(key, _) => format!("{} is not a multi-Region primary key.", driver.arn(*key)),
            Self::State(key, state) => format!("{} is {state}.", driver.arn(*key)),
            Self::NothingPending(key) => {
                format!("No available key material pending rotation for the key: {}.", driver.arn(*key))
            }
            Self::Limit(key) => format!(
                "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be \
                 performed for this key: {}",
                driver.arn(*key)
            ),
            Self::Conflict => {
                "An automatic rotation of this key is currently in progress or scheduled to begin within \
                               the next 20 minutes."
                    .to_owned()
            }
            Self::AlreadyThere => "You can create only one replica of each primary key in each AWS Region.".to_owned(),
            _ => return None,
        })
    }
}
