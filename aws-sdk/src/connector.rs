//! The SDK's HTTP client: a request becomes a call of the world, and its reply the response.

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
    /// Nothing waits for a network, so the timeouts in the settings have nothing to end.
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for PocketKms {
    /// The call is decided before the future is returned: most take microseconds, and a new RSA key some hundred
    /// milliseconds (see `Options::insecure_key_pool`).
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(self.answer(&request))
    }
}

impl PocketKms {
    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = taken_apart(request)?.with_sender(self.sender.clone());
        put_together(self.world.http(&request, self.host_now()))
    }
}

fn taken_apart(request: &HttpRequest) -> Result<Request, ConnectorError> {
    let Some(body) = request.body().bytes() else {
        return Err(ConnectorError::user(
            "pocket-kms reads bodies that are in memory, and no operation streams".into(),
        ));
    };
    let headers = request.headers().iter().map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect();
    Ok(Request::new(request.method(), request.uri(), headers, body.to_vec()))
}

fn put_together(mut response: Response) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(response.status).map_err(|error| ConnectorError::other(error.into(), None))?;
    let body = SdkBody::from(std::mem::take(&mut response.body));
    let mut answer = HttpResponse::new(status, body);
    for (name, value) in std::mem::take(&mut response.headers) {
        answer.headers_mut().try_insert(name, value).map_err(|error| ConnectorError::other(error.into(), None))?;
    }
    Ok(answer)
}
