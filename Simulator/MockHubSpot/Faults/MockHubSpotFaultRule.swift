/// A standing fault: every Nth request of a kind.
package struct MockHubSpotFaultRule: Sendable, Hashable, Codable {
    package enum Scope: Sendable, Hashable, Codable {
        /// All but token requests.
        case requests
        case writes
        case creates
        case endpoint(MockHubSpotEndpoint)

        func includes(_ endpoint: MockHubSpotEndpoint) -> Bool {
            switch self {
            case .requests: endpoint != .token
            case .writes: endpoint.isWrite
            case .creates: endpoint.isCreate
            case .endpoint(let only): endpoint == only
            }
        }
    }

    package var fault: MockHubSpotFault
    package var scope: Scope
    /// 1 means every request of the scope.
    package var everyNth: Int

    package init(_ fault: MockHubSpotFault, every everyNth: Int, of scope: Scope = .requests) {
        self.fault = fault
        self.everyNth = everyNth
        self.scope = scope
    }
}
