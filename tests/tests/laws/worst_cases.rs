//! The longest and strangest requests: each is answered, and the counted work grows with its length and no faster.

use pocket_kms::{Exception, Value, http::LONGEST_BODY, wire};
use pocket_kms_tests::worst_cases::{bodies, connections};

#[test]
fn twice_the_stream_takes_at_most_two_and_a_half_times_the_work_however_it_is_cut() {
    let mut wrong = Vec::new();
    for (name, make, piece) in connections::TABLE {
        let [once, twice] = [20_000, 40_000].map(|bytes| connections::receive(&make(bytes), *piece));
        if 2 * twice > 5 * once {
            wrong.push(format!("{name}: {once} bytes, and {twice} for twice the stream"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_connection_looks_at_each_byte_at_most_five_times() {
    for (name, make, piece) in connections::TABLE {
        for bytes in [1_000, 50_000] {
            let stream = make(bytes);
            let work = connections::receive(&stream, *piece);
            assert!(work <= 5 * stream.len() as u64, "{name}: {work} for {} bytes", stream.len());
        }
    }
}

#[test]
fn long_bodies_of_every_kind_are_answered_with_a_reply_or_a_modelled_exception() {
    let world = bodies::world();
    for (name, operation, make) in bodies::TABLE {
        // A quarter of the longest: without optimisation the whole takes long. The bench takes the longest.
        let body = make(LONGEST_BODY / 4);
        assert!(body.len() <= LONGEST_BODY, "{name}: {} bytes", body.len());
        let response = bodies::answer(&world, &bodies::request(operation, body));
        if response.status == 200 {
            continue;
        }
        let reply = wire::from_json(&response.body).expect("an exception is JSON");
        let exception = reply.member("__type").and_then(Value::as_text).expect("an exception has a name");
        let known = Exception::ALL.iter().find(|known| known.name() == exception);
        assert!(known.is_some_and(|known| *known != Exception::KMSInternalException), "{name}: {exception}");
        // A refusal does not repeat long input, so it costs less than the request.
        assert!(response.body.len() <= LONGEST_BODY / 16, "{name}: {} bytes", response.body.len());
    }
}
