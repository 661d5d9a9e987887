/// How often everything that is synced is looked at again, whatever the feeds tell.
package struct SweepSettings: Sendable, Hashable {
    /// HubSpot's feed tells of no deletes: how often the list of archived records is walked, in milliseconds.
    package var archivedInterval: Int64 = 3_600_000
    /// HubSpot's ties and Salesforce's formulas may change without their record's stamp: how often the linked
    /// records of such mappings are read, in milliseconds.
    package var refreshInterval: Int64 = 86_400_000
    /// Who joins a segment moves no stamp: how often its newest members are asked for, in milliseconds.
    package var joinedInterval: Int64 = 600_000
    /// The most calls that one object's walk of the archived list makes in a day.
    package var archivedCallsMax = 2_400
    /// The most calls of a sweep in one pass: polls do not wait for it.
    package var callsPerPass = 10

    package init() {}
}
