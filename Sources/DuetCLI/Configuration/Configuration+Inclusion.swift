package import SyncCore

extension Configuration {
    /// Which records of a mapping are synced, as it is written.
    package struct Inclusion: Sendable, Hashable {
        package enum Test: Sendable, Hashable {
            case oneOf([String])
            case noneOf([String])
            case isSet
            case isBlank
            case contains(String)
            case above(String)
            case below(String)
        }

        package struct Condition: Sendable, Hashable {
            package var field: String
            package var test: Test
            package var place: Place
        }

        /// The name of the HubSpot segment whose members are synced.
        package var segment: Segment?

        package struct Segment: Sendable, Hashable {
            package var name: String
            package var place: Place
        }

        /// Of each CRM's lists one must hold as a whole; none: all of its records.
        package var hubspot: [[Condition]] = []
        package var salesforce: [[Condition]] = []

        /// A side's lists.
        package func filters(on side: Side) -> [[Condition]] {
            side == .hubspot ? self.hubspot : self.salesforce
        }
    }
}
