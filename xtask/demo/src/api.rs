//! Answers the KMS API on a socket: this side moves bytes, the core does everything else.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread::{self, JoinHandle},
    time::{SystemTime, UNIX_EPOCH},
};

use pocket_kms::{
    CryptoProvider, Options, Time, World,
    http::{Arrival, Connection},
};

/// What a peer that waits for leave to send its body is told.
const GO_ON: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// A new world in memory, with entropy of this machine.
pub(crate) fn world() -> io::Result<World> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(io::Error::other)?;
    // The demo shall need nothing but Rust: no C compiler, so no native provider.
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
    loop {
        while let Some(arrival) = connection.next_arrival() {
            let response = match arrival {
                Arrival::Request(request) => world.http(&request, now()).bytes(connection.keeps_alive()),
                Arrival::Refused(response) => response.bytes(false),
                Arrival::Continue => GO_ON.to_vec(),
            };
            stream.write_all(&response)?;
        }
        if !connection.keeps_alive() {
            return Ok(());
        }
        match stream.read(&mut bytes)? {
            0 => return Ok(()),
            read => connection.receive(&bytes[..read]),
        }
    }
}

fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
