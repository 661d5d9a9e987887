package import HTTPTransport

/// One POST to an app's target URL, signed and ready to be sent.
package struct MockHubSpotDelivery: Sendable, Hashable {
    package var id: Int64
    package var appID: Int64
    /// From 0.
    package var attempt: Int
    package var request: HTTPRequest
}
