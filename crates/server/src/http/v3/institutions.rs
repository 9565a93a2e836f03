//! Where one can connect in the key's world.

use super::Answer;
use super::call::Call;
use crate::v3::institution::Institution;
use crate::v3::list::List;
use axum::Json;

/// `GET /v3/institutions`: always all of them, the most popular first.
pub async fn list(call: Call) -> Answer<List<Institution>> {
    let Some(connector) = call.app.connector(call.scope.env) else {
        return Ok(Json(List::whole(Vec::new())));
    };
    let lines = connector.institutions().iter();
    let shown = lines.filter_map(|line| Some(Institution::new(line, connector.details(line.id)?)));
    Ok(Json(List::whole(shown.collect())))
}
