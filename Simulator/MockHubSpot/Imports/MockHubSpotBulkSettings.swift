/// Imports and exports; times in milliseconds.
package struct MockHubSpotBulkSettings: Sendable, Codable {
    /// How long an import is only started, and how long it then takes for each thousand rows.
    package var importDelay: Int64 = 2_000
    package var importTimePerThousand: Int64 = 1_000
    /// Rows of one file; the number is from HubSpot's guide of file requirements.
    package var importRowsMax = 1_048_576
    /// Imports that the portal remembers.
    package var importsMax = 1_000
    /// How long an export waits, and how long it then takes for each thousand rows.
    package var exportDelay: Int64 = 1_000
    package var exportTimePerThousand: Int64 = 1_000
    /// How long the address of an export's file is valid; from memory.
    package var exportLinkLifetime: Int64 = 300_000
    /// Exports in any 24 hours; from memory.
    package var exportsPerDay = 30
    /// Associated records of one kind in one row.
    package var exportTiesPerRow = 1_000

    package init() {}
}
