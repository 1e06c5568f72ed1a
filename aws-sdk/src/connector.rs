//! The SDK's HTTP client: a request becomes a call of the world, and its reply the response.

use std::{io, time::Duration};

use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use aws_smithy_runtime_api::{
    client::{
        http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
    http::StatusCode,
    shared::IntoShared,
};
use aws_smithy_types::body::SdkBody;
use pocket_kms::http::{Request, Response};

use crate::PocketKms;

impl HttpClient for PocketKms {
    /// There is no connection to wait for, so that of the timeouts in the settings the one for an answer counts.
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let waits = components.sleep_impl().map(|sleep| Waits { sleep, patience: settings.read_timeout() });
        Connector { kms: self.clone(), waits }.into_shared()
    }
}

/// The HTTP client of one SDK client.
#[derive(Debug)]
struct Connector {
    kms: PocketKms,
    waits: Option<Waits>,
}

/// How the SDK waits for an answer that a fault delays.
#[derive(Debug)]
struct Waits {
    sleep: SharedAsyncSleep,
    /// For how long it does at most: its read timeout.
    patience: Option<Duration>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.kms.answered(&request, self.waits.as_ref())
    }
}

impl HttpConnector for PocketKms {
    /// The call is decided before the future is returned: most take microseconds, and a new RSA key some hundred
    /// milliseconds (see `Options::insecure_key_pool`). Who calls this without an SDK's client knows no way to sleep, and
    /// gets delayed answers at once.
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.answered(&request, None)
    }
}

impl PocketKms {
    fn answered(&self, request: &HttpRequest, waits: Option<&Waits>) -> HttpConnectorFuture {
        let request = match taken_apart(request) {
            Ok(request) => request.of_sender(&self.sender),
            Err(error) => return HttpConnectorFuture::ready(Err(error)),
        };
        let response = self.world.http(&request, self.host_now());
        let delay = Duration::from_millis(response.delay.millis().unsigned_abs());
        let answer = put_together(response);
        match waits.filter(|_| !delay.is_zero()) {
            None => HttpConnectorFuture::ready(answer),
            Some(waits) => waits.until(delay, answer),
        }
    }
}

impl Waits {
    /// The answer after its delay, or a timeout before that.
    fn until(&self, delay: Duration, answer: Result<HttpResponse, ConnectorError>) -> HttpConnectorFuture {
        let (delay, answer) = match self.patience.filter(|patience| *patience < delay) {
            None => (delay, answer),
            Some(patience) => (patience, Err(timeout(patience))),
        };
        let pause = self.sleep.sleep(delay);
        HttpConnectorFuture::new(async move {
            pause.await;
            answer
        })
    }
}

fn timeout(patience: Duration) -> ConnectorError {
    ConnectorError::timeout(format!("no answer has come within the read timeout of {patience:?}").into())
}

fn taken_apart(request: &HttpRequest) -> Result<Request<'_>, ConnectorError> {
    let Some(body) = request.body().bytes() else {
        return Err(ConnectorError::user(
            "pocket-kms reads bodies that are in memory, and no operation streams".into(),
        ));
    };
    let headers = request.headers().iter().map(|(name, value)| (name, value.as_bytes()));
    Ok(Request::borrowed(request.method(), request.uri(), headers, body))
}

fn put_together(mut response: Response) -> Result<HttpResponse, ConnectorError> {
    if response.reset {
        return Err(ConnectorError::io(io::Error::from(io::ErrorKind::ConnectionReset).into()));
    }
    let status = StatusCode::try_from(response.status).map_err(|error| ConnectorError::other(error.into(), None))?;
    let body = SdkBody::from(std::mem::take(&mut response.body));
    let mut answer = HttpResponse::new(status, body);
    for (name, value) in std::mem::take(&mut response.headers) {
        answer.headers_mut().try_insert(name, value).map_err(|error| ConnectorError::other(error.into(), None))?;
    }
    Ok(answer)
}
