import SyncCore

extension Configuration {
    /// One line of `createAs`: what a new record becomes where all of these hold.
    package struct CreateRule: Sendable, Hashable {
        package enum Test: Sendable, Hashable {
            case oneOf([String])
            case isSet
            case isSynced
        }

        package struct Condition: Sendable, Hashable {
            package var property: String
            package var test: Test
            package var place: Place
        }

        package var object: String
        package var conditions: [Condition]
    }
}
