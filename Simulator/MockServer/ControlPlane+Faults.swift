import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import WireJSON

extension ControlPlane {
    /// The faults and settings that can be set, with what they are now.
    func faults() -> HTTPResponse {
        self.world.with { state, _ in
            ControlReply.json { root in
                root.member("searchLagSeconds", Int(state.hubspot.settings.indexDelay / 1_000))
                root.member(
                    "commitDelaySeconds",
                    Int(state.salesforce.settings.commitDelay / 1_000)
                )
                root.member("limitsTier", Self.tier(state.hubspot).rawValue)
                let burst = state.hubspot.settings.apps.map(\.burstMax).max() ?? 0
                root.member("hubspotBurstCalls", burst)
                root.member(
                    "hubspotSearchesPerSecond",
                    state.hubspot.settings.searchesPerSecondMax
                )
                root.member("hubspotDailyCalls", state.hubspot.settings.dailyMax)
                root.member("salesforceDailyCalls", state.salesforce.settings.dailyCallsMax)
                root.name("loseEveryNthCreateReply")
                Self.write(state.salesforce.faults.dropAfterCommitEveryNthCreate, into: &root)
                root.name("loseEveryNthWriteReply")
                Self.write(state.salesforce.faults.dropAfterCommitEveryNthWrite, into: &root)
                root.name("failEveryNthRequest")
                Self.write(state.salesforce.faults.serverErrorEveryNth, into: &root)
                root.name("lockEveryNthRow")
                Self.write(state.salesforce.faults.lockedRowEveryNth, into: &root)
                root.name("gapEveryNthEvent")
                Self.write(state.salesforce.settings.streaming.gapEveryNthEvent, into: &root)
                root.name("doubleEveryNthEvent")
                Self.write(state.salesforce.settings.streaming.doubleEveryNthDelivery, into: &root)
                root.name("swapEveryNthEvent")
                Self.write(state.salesforce.settings.streaming.swapEveryNthDelivery, into: &root)
                for setting in FeedSetting.all {
                    root.member(setting.name, setting.read(state.hubspot.settings))
                }
            }
        }
    }

    private static func write(_ number: Int?, into writer: inout JSONWriter) {
        if let number { writer.integer(number) } else { writer.null() }
    }

    private static let names =
        [
            "searchLagSeconds", "commitDelaySeconds", "limitsTier", "hubspotBurstCalls",
            "hubspotSearchesPerSecond", "hubspotDailyCalls",
            "salesforceDailyCalls", "loseEveryNthCreateReply", "loseEveryNthWriteReply",
            "failEveryNthRequest", "lockEveryNthRow", "gapEveryNthEvent", "doubleEveryNthEvent",
            "swapEveryNthEvent",
        ] + FeedSetting.all.map(\.name)

    /// A thousand years of seconds are less.
    private static let numberMax: Int64 = 1_000_000_000_000

    /// The tier whose burst the account has, or the nearest below.
    private static func tier(_ mock: MockHubSpot) -> MockHubSpotTier {
        let burst = mock.settings.apps.map(\.burstMax).max() ?? 0
        return MockHubSpotTier.allCases.last { $0.burstMax <= burst } ?? .free
    }

    /// Sets what the object names; `null` goes back to none.
    func setFaults(_ json: JSON) throws {
        for (name, value) in json.members {
            guard Self.names.contains(name) else {
                let known = Self.names.joined(separator: ", ")
                throw ControlFailure("`\(name)` is not a fault or setting. Known: \(known).")
            }
            if name == "limitsTier" {
                guard value.string.flatMap(MockHubSpotTier.init) != nil else {
                    let known = MockHubSpotTier.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ControlFailure("`limitsTier` is one of: \(known).")
                }
                continue
            }
            guard value.isNull || (0...Self.numberMax).contains(value.integer ?? -1) else {
                throw ControlFailure("`\(name)` must be a whole number from 0 on, or null.")
            }
        }
        self.world.with { state, _ in
            for (name, value) in json.members {
                if let tier = value.string.flatMap(MockHubSpotTier.init) {
                    state.hubspot.setLimits(burst: tier.burstMax, daily: tier.dailyMax)
                    continue
                }
                if let setting = FeedSetting.all.first(where: { $0.name == name }) {
                    setting.set(value.integer.map { Int($0) }, &state.hubspot.settings)
                    continue
                }
                let number = value.integer.flatMap { $0 > 0 ? Int($0) : nil }
                Self.set(name, number, &state)
            }
        }
    }

    private static func set(_ name: String, _ number: Int?, _ state: inout MockWorld.State) {
        func rules(_ fault: MockHubSpotFault, _ scope: MockHubSpotFaultRule.Scope) {
            state.hubspot.faults.rules.removeAll { $0.fault == fault && $0.scope == scope }
            if let number {
                state.hubspot.faults.rules.append(
                    MockHubSpotFaultRule(fault, every: number, of: scope)
                )
            }
        }
        switch name {
        case "searchLagSeconds": state.hubspot.settings.indexDelay = Int64(number ?? 0) * 1_000
        case "commitDelaySeconds":
            state.salesforce.settings.commitDelay = Int64(number ?? 0) * 1_000
        case "hubspotBurstCalls":
            let tier = MockHubSpotTier.professional.burstMax
            state.hubspot.setLimits(burst: number ?? tier)
        case "hubspotSearchesPerSecond":
            state.hubspot.setLimits(searchesPerSecond: number ?? 5)
        case "hubspotDailyCalls": state.hubspot.setLimits(daily: number ?? 625_000)
        case "salesforceDailyCalls":
            state.salesforce.settings.dailyCallsMax = number ?? 100_000
        case "loseEveryNthCreateReply":
            state.salesforce.faults.dropAfterCommitEveryNthCreate = number
            rules(.dropAfterCommit, .creates)
        case "loseEveryNthWriteReply":
            state.salesforce.faults.dropAfterCommitEveryNthWrite = number
            rules(.dropAfterCommit, .writes)
        case "failEveryNthRequest":
            state.salesforce.faults.serverErrorEveryNth = number
            rules(.serverError, .requests)
        case "lockEveryNthRow": state.salesforce.faults.lockedRowEveryNth = number
        case "gapEveryNthEvent": state.salesforce.settings.streaming.gapEveryNthEvent = number
        case "doubleEveryNthEvent":
            state.salesforce.settings.streaming.doubleEveryNthDelivery = number
        case "swapEveryNthEvent":
            state.salesforce.settings.streaming.swapEveryNthDelivery = number
        default: break
        }
    }
}
