import MockHubSpot
import MockSalesforce
package import SimulationKit
import SyncCore

/// What administrators can change while the CRMs run, and what only a new portal or org can have.
extension WorldSettings {
    /// Changes both CRMs from what they have to these settings: all of it or nothing.
    ///
    /// - Throws: `ControlFailure` for what only the start can set.
    package func apply(to state: inout MockWorld.State, at now: Int64) throws {
        let before = WorldSettings(state)
        try self.requireChangeable(since: before)
        state.hubspot.change(self.hubspot.settings)
        let faults = self.hubspot.faults
        // Who sets new rules counts their requests from now on.
        if faults.rules != before.hubspot.faults.rules {
            state.hubspot.faults.replaceRules(by: faults.rules)
        }
        state.hubspot.faults.coming = faults.coming
        state.hubspot.faults.retiredVersions = faults.retiredVersions
        state.hubspot.faults.retiredStatus = faults.retiredStatus
        state.hubspot.faults.latencyMilliseconds = faults.latencyMilliseconds
        state.salesforce.change(
            self.salesforce.settings,
            at: state.time(.salesforce, at: now)
        )
        state.salesforce.faults = self.salesforce.faults
        state.salesforce.validationRules = self.salesforce.validationRules
        state.salesforce.flowRules = self.salesforce.flowRules
        state.salesforce.duplicateRules = self.salesforce.duplicateRules
    }

    /// Names whose value stays as it was at the start.
    static let fixed = [
        "hubspot.settings.utcOffset", "hubspot.settings.firstRecordID", "hubspot.settings.seed",
        "salesforce.settings.users", "salesforce.settings.customFields",
        "salesforce.settings.customObjects", "salesforce.settings.recordTypes",
        "salesforce.settings.queues", "salesforce.settings.countries",
        "salesforce.settings.hasPersonAccounts", "salesforce.settings.listsProcesses",
        "salesforce.settings.seed",
    ]

    private func requireChangeable(since before: WorldSettings) throws {
        let (old, new) = (try before.node, try self.node)
        for path in Self.fixed where old.at(path) != new.at(path) {
            throw ControlFailure("`\(path)` can be set at the start only: serve --settings FILE.")
        }
        let (apps, appsBefore) = (self.hubspot.settings.apps, before.hubspot.settings.apps)
        guard apps.prefix(appsBefore.count).map(\.id) == appsBefore.map(\.id) else {
            throw ControlFailure(
                "`hubspot.settings.apps` keeps its apps in their order: name them all, and new ones "
                    + "after them."
            )
        }
        let owners = self.hubspot.settings.owners.map { [$0.id, $0.userID] }
        guard owners == before.hubspot.settings.owners.map({ [$0.id, $0.userID] }) else {
            throw ControlFailure(
                "`hubspot.settings.owners` keeps its people in their order: name them all. New ones "
                    + "are made with HubSpot's users API."
            )
        }
        try self.requireChangeableOrg(since: before.salesforce)
    }

    private func requireChangeableOrg(since before: Salesforce) throws {
        let path = "salesforce.settings"
        let (settings, old) = (self.salesforce.settings, before.settings)
        let users = settings.credentials.map { [$0.clientID, $0.refreshToken, $0.userID, $0.name] }
        guard
            users == old.credentials.map({ [$0.clientID, $0.refreshToken, $0.userID, $0.name] })
        else {
            throw ControlFailure(
                "`\(path).credentials` keep `clientID`, `refreshToken`, `userID` and `name`; others "
                    + "can be set at the start only: serve --settings FILE."
            )
        }
        if let profiles = old.permissions?.profiles {
            guard settings.permissions?.profiles.map(\.name) == profiles.map(\.name) else {
                throw ControlFailure(
                    "`\(path).permissions` keeps its profiles in their order: name them all."
                )
            }
        }
        let isMany = settings.currencies != nil
        guard isMany == (old.currencies != nil),
            settings.currencies?.currencies.map(\.isoCode)
                == old.currencies?.currencies.map(\.isoCode),
            settings.currencies?.datedRates == old.currencies?.datedRates
        else {
            throw ControlFailure(
                "`\(path).currencies` can be switched on, and get codes and dated rates, at the "
                    + "start only: serve --settings FILE. Rates and what is active can be changed."
            )
        }
    }
}
