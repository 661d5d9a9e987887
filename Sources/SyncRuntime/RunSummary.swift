package import SyncCore

/// What one command did, in the words of its `--json` output.
package struct RunSummary: Sendable, Hashable {
    package var createdInHubSpot = 0
    package var createdInSalesforce = 0
    package var updatedInHubSpot = 0
    package var updatedInSalesforce = 0
    package var deletedInHubSpot = 0
    package var deletedInSalesforce = 0
    /// Rows that were read and brought no news.
    package var unchanged = 0
    package var linked = 0
    /// Fields that were edited on both sides to different values.
    package var conflicts = 0
    package var findingsRaised = 0
    /// Rows without a counterpart that the mapping does not include.
    package var notIncluded = 0

    package init() {}

    package mutating func add(_ other: RunSummary) {
        self.createdInHubSpot += other.createdInHubSpot
        self.createdInSalesforce += other.createdInSalesforce
        self.updatedInHubSpot += other.updatedInHubSpot
        self.updatedInSalesforce += other.updatedInSalesforce
        self.deletedInHubSpot += other.deletedInHubSpot
        self.deletedInSalesforce += other.deletedInSalesforce
        self.unchanged += other.unchanged
        self.linked += other.linked
        self.conflicts += other.conflicts
        self.findingsRaised += other.findingsRaised
        self.notIncluded += other.notIncluded
    }

    package mutating func countWrite(_ kind: OutboxEntry.Kind, on side: Side) {
        switch (kind, side) {
        case (.create, .hubspot): self.createdInHubSpot += 1
        case (.create, .salesforce): self.createdInSalesforce += 1
        case (.update, .hubspot): self.updatedInHubSpot += 1
        case (.update, .salesforce): self.updatedInSalesforce += 1
        case (.delete, .hubspot): self.deletedInHubSpot += 1
        case (.delete, .salesforce): self.deletedInSalesforce += 1
        }
    }
}
