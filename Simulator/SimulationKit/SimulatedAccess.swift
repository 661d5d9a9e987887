import HTTPTransport
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SyncCore

/// A CRM lets the integration in no longer: a version is retired, a sign-in refused, a token dead.
///
/// Later an operator has mended it.
package struct SimulatedAccess {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with a door that is shut or opened again.
        package var percent: Int
    }

    /// Whether, which door, and how it is refused.
    static let choicesOfOne = 3

    private enum Door: Int, CaseIterable {
        case salesforceVersion, hubspotVersion
        /// No new session; the ones there are end too, or live on.
        case user, organization, address
        /// Refresh token and sessions end; the operator connects the app again.
        case salesforceToken
        /// Sign-ins succeed and every call is refused.
        case password
        /// The private app's token is another one; the operator puts it into the configuration.
        case hubspotToken

        var side: Side {
            self == .hubspotVersion || self == .hubspotToken ? .hubspot : .salesforce
        }
    }

    private let pair: SimulatedPair
    private let plan: Plan
    private var shut: Door?
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() {
        let choices = self.pair.choices
        let happens = choices.happens(.access, percent: self.plan.percent)
        let door = Door(rawValue: choices.choose(.access, below: Door.allCases.count))
        let isSoft = choices.choose(.access, below: 2) == 0
        guard happens, let door else { return }
        guard self.shut == nil else { return self.open() }
        self.shut = door
        self.number += 1
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) access: \(door) is refused") }
        self.pair.shut.withLock {
            var shut = ShutDoor(side: door.side, from: now, words: Self.words(door))
            shut.isOfToken = door == .salesforceToken || door == .hubspotToken
            $0.append(shut)
        }
        self.pair.recorder.mark(.fault, door.side, Self.told(door))
        self.pair.recorder.probes.hit(Self.probe(door))
        self.shut(door, isSoft)
    }

    private func shut(_ door: Door, _ isSoft: Bool) {
        let number = self.number
        let isInstalled = self.pair.keys.withLock { $0.isInstalled }
        self.pair.world.with { state, _ in
            switch door {
            case .salesforceVersion:
                state.salesforce.faults.retiredVersions = [SalesforceVersion.pinned.name]
            case .hubspotVersion:
                state.hubspot.faults.retiredVersions = [HubSpotVersion.pinned.name]
            case .user, .organization, .address:
                state.salesforce.faults.signInRefusal = Self.refusal(door)
                if !isSoft { state.salesforce.expireSessions() }
            case .salesforceToken: state.salesforce.revokeAccess()
            case .password: state.salesforce.faults.expiredPasswordStatus = isSoft ? 403 : 401
            case .hubspotToken:
                let token = Self.hubspotToken(number, isInstalled)
                state.hubspot.settings.apps[0].credential =
                    isInstalled
                    ? SimulatedSignIn.credential(refreshToken: token) : .staticToken(token)
                // An app that was removed has no tokens; one whose refresh token is another has its last.
                if isInstalled, !isSoft {
                    state.hubspot.endTokens(of: MockHubSpotApp.standardStatic.id)
                }
            }
        }
    }

    /// The operator has mended what was shut last.
    mutating func open() {
        guard let door = self.shut else { return }
        self.shut = nil
        let now = self.pair.time.wallMilliseconds
        self.pair.shut.withLock { doors in
            if let last = doors.lastIndex(where: { $0.to == nil }) { doors[last].to = now }
        }
        self.pair.lines?.withLock { $0.append("\(now) access: \(door) is mended") }
        self.pair.recorder.mark(.calm)
        let number = self.number
        let isInstalled = self.pair.keys.withLock { $0.isInstalled }
        let token = self.pair.world.with { state, _ -> String? in
            switch door {
            case .salesforceVersion: state.salesforce.faults.retiredVersions = []
            case .hubspotVersion: state.hubspot.faults.retiredVersions = []
            case .user, .organization, .address: state.salesforce.faults.signInRefusal = nil
            case .salesforceToken: return state.salesforce.connect()
            case .password: state.salesforce.faults.expiredPasswordStatus = nil
            case .hubspotToken: return Self.hubspotToken(number, isInstalled)
            }
            return nil
        }
        guard let token else { return }
        self.pair.keys.withLock {
            if door == .hubspotToken { $0.hubspotToken = token } else { $0.salesforceToken = token }
        }
    }

    private static func hubspotToken(_ number: Int, _ isInstalled: Bool) -> String {
        (isInstalled ? SimulatedSignIn.firstRefreshToken : "pat-na1-integration") + "-\(number)"
    }

    private static func refusal(_ door: Door) -> MockSalesforceSignInRefusal {
        switch door {
        case .organization: .inactiveOrganization
        case .address: .restrictedAddress
        default: .inactiveUser
        }
    }

    private static func probe(_ door: Door) -> Probe {
        switch door {
        case .salesforceVersion, .hubspotVersion: .versionRetired
        case .user, .organization, .address, .salesforceToken, .password: .salesforceSignInRefused
        case .hubspotToken: .hubspotTokenRevoked
        }
    }

    /// For whoever looks at a recording.
    private static func told(_ door: Door) -> String {
        switch door {
        case .salesforceVersion, .hubspotVersion: "the version is retired"
        case .user: "the user is inactive"
        case .organization: "the org is inactive"
        case .address: "sign-ins from this address are refused"
        case .salesforceToken: "the app's access is revoked"
        case .password: "the user's password has expired"
        case .hubspotToken: "the token is revoked"
        }
    }

    /// What an operator needs to read: what is wrong, and for a version its date and its setting.
    private static func words(_ door: Door) -> [String] {
        switch door {
        case .salesforceVersion:
            [
                "version \(SalesforceVersion.pinned.name)",
                SalesforceVersion.pinned.end ?? "a date", "`apiVersion` under `salesforce`",
            ]
        case .hubspotVersion:
            [
                "version \(HubSpotVersion.pinned.name)", HubSpotVersion.pinned.end,
                "`apiVersion` under `hubspot`",
            ]
        case .user: ["user is inactive"]
        case .organization: ["org is inactive"]
        case .address: ["address"]
        case .salesforceToken: ["refresh token"]
        case .password: ["password"]
        case .hubspotToken: ["token"]
        }
    }
}
