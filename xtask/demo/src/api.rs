//! Answers the KMS API on a socket: this module moves bytes, the core does everything else.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread::{self, JoinHandle},
    time::{SystemTime, UNIX_EPOCH},
};

use pocket_kms::{CryptoProvider, Options, Time, World, http::Connection};

/// A new world in memory, with entropy from this machine.
pub(crate) fn world() -> io::Result<World> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(io::Error::other)?;
    // The demo needs only Rust: without a C compiler there is no native provider.
    Ok(World::new(Options::default(), CryptoProvider::default(), entropy))
}

/// Answers every connection in a thread of its own until the process ends.
pub(crate) fn serve(listener: TcpListener, world: World) -> JoinHandle<()> {
    let world = Arc::new(world);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let world = Arc::clone(&world);
            // A peer that goes away ends its own thread and nothing else.
            thread::spawn(move || answer(stream, &world));
        }
    })
}

fn answer(mut stream: TcpStream, world: &World) -> io::Result<()> {
    let mut connection = Connection::new();
    let mut bytes = [0; 16 << 10];
    while connection.keeps_alive() {
        let read = stream.read(&mut bytes)?;
        if read == 0 {
            break;
        }
        let host_now = now();
        let sent = connection.exchange(&bytes[..read], host_now, |request| world.http(request, host_now));
        stream.write_all(&sent)?;
    }
    Ok(())
}

fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
