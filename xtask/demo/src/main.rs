//! Serves the playground and answers the KMS API beside it, until Ctrl-C or a signal stops it.

mod api;
mod page;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    process::ExitCode,
    sync::mpsc::channel,
};

use clap::Parser;
use tiny_http::Server;

/// The usual ports, unless another program has taken them.
const PORTS: Ports = Ports { api: 4599, page: 4600 };

struct Ports {
    api: u16,
    page: u16,
}

/// Serves the playground and answers the KMS API.
#[derive(Parser)]
struct Options {
    /// The folder of the built playground.
    folder: PathBuf,
    /// Answer the KMS API on this port.
    #[arg(long)]
    port: Option<u16>,
    /// Serve the playground on this port.
    #[arg(long)]
    page_port: Option<u16>,
    /// Open the playground in a browser.
    #[arg(long)]
    open: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> io::Result<()> {
    let (stop, stopped) = channel();
    // After a second Ctrl-C nobody waits any more, and that is fine.
    ctrlc::set_handler(move || stop.send(()).unwrap_or_default()).map_err(io::Error::other)?;
    let api = listen(options.port, PORTS.api)?;
    let page = listen(options.page_port, PORTS.page)?;
    let (api_address, page_address) = (api.local_addr()?, page.local_addr()?);
    api::serve(api, api::world()?);
    page::serve(Server::from_listener(page, None).map_err(io::Error::other)?, options.folder.clone());
    tell(page_address, api_address);
    if options.open && open::that_detached(format!("http://{page_address}")).is_err() {
        println!("No browser opened; open the address by hand.");
    }
    // The other end of the channel lives as long as the handler does.
    let _ = stopped.recv();
    println!("stopped");
    Ok(())
}

/// Listens on the loopback interface: on the given port, else on the usual one, else on a free one.
fn listen(asked: Option<u16>, usual: u16) -> io::Result<TcpListener> {
    let at = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match asked {
        Some(port) => at(port).map_err(|error| io::Error::new(error.kind(), format!("port {port}: {error}"))),
        None => at(usual).or_else(|_| at(0)),
    }
}

fn tell(page: SocketAddr, api: SocketAddr) {
    println!("playground  http://{page}");
    println!("KMS API     http://{api}");
    println!();
    println!("  export AWS_ACCESS_KEY_ID=111122223333 AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1");
    println!("  aws --endpoint-url http://{api} kms create-key");
    println!();
    println!("ready; Ctrl-C stops both");
}
