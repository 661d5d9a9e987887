import HTTPTransport

/// Endpoints that are not signed with an app's token.
extension MockHubSpot {
    /// The reply of such an endpoint; `nil` for all others.
    mutating func openRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ endpoint: MockHubSpotEndpoint,
        _ now: Int64
    ) -> HTTPResponse? {
        guard endpoint.isOpen else { return nil }
        self.usage.change(self.settings.apps.first?.id ?? 0, endpoint) { $0.calls += 1 }
        switch endpoint {
        case .webhooks: return self.webhookRoute(target, request, now)
        case .formSubmission:
            let path = target.family.dropFirst(2)
            return self.submitForm(Array(path), request, isSigned: false, now)
        default: return self.fileRoute(target, request, now)
        }
    }
}
