import SyncCore

/// HubSpot's own connection with Salesforce: what it left in the portal, and whether it still writes.
enum NativeIntegration {
    /// The property in which it says when it last synced a record; whoever has installed it has that for good
    /// (knowledge.hubspot.com/salesforce/how-do-i-uninstall-the-hubspot-salesforce-integration).
    static let stamp = "salesforcelastsynctime"

    static func check(_ look: AccountLook, now: Int64) -> Check {
        guard !look.nativeSyncs.isEmpty else { return Check(.hubspot, .native, "never installed") }
        let names = look.nativeSyncs.keys.sorted().joined(separator: ", ")
        let last = look.nativeSyncs.values.max() ?? 0
        guard last > 0 else {
            return Check(.hubspot, .native, "has properties on \(names), and synced nothing")
        }
        let date = Clock.text(last)
        guard now - last < Self.quietTime else {
            let found = Diagnosis(
                .hubspot,
                .nativeLeft,
                Self.stamp,
                cause:
                    "HubSpot's own connection left its properties on \(names); it last synced a record at \(date).",
                nextStep:
                    "If it is still installed, see that it stays off: \(Self.place). Its properties can stay.",
                isProblem: false
            )
            return Check(.hubspot, .native, "quiet since \(date)", [found])
        }
        let found = Diagnosis(
            .hubspot,
            .nativeWrites,
            Self.stamp,
            cause:
                "HubSpot's own connection with Salesforce still writes: it last synced a record at \(date). Both would "
                + "write over each other.",
            nextStep:
                "Turn it off before the first sync: \(Self.place), the switch at the top right, or uninstall it."
        )
        return Check(.hubspot, .native, "writes to \(names)", [found])
    }

    private static let place = "HubSpot, Settings, Integrations, Connected Apps, Salesforce"

    /// It syncs every quarter of an hour what has changed: after a day without any it is taken for off.
    private static let quietTime: Int64 = 86_400_000
}
