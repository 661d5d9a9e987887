import HTTPTransport
import WireJSON

/// The rules that administrators set for values, and what `2026-09` makes of them.
extension MockHubSpot {
    /// `/crm/property-validations/{type}[/{property}[/rule-type/{rule}]]`.
    mutating func validationRoute(
        _ rest: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        self.error(404, "resource not found", now: now)
    }
}
