/// With which record of the other CRM a record is linked that others refer to.
///
/// A CRM names a record by its own id: the account of a contact, the company of a deal. Over there the same
/// thing is said with the id of the counterpart.
package struct References: Sendable, Hashable {
    /// A record that another one refers to.
    package struct Record: Sendable, Hashable {
        /// The mapping that keeps it in step.
        package var mapping: String
        package var side: Side
        package var id: String

        package init(mapping: String, side: Side, id: String) {
            self.mapping = mapping
            self.side = side
            self.id = id
        }
    }

    private var counterparts: [Record: String] = [:]
    /// Those that are known to be gone from their own side.
    private var departed: Set<Record> = []
    /// Who owns records: people, whom no mapping keeps in step.
    package var owners: Owners = .none

    package init() {}

    /// Where nothing refers to anything.
    package static let none = References()

    /// Notes that a record is linked with one of this id.
    package mutating func add(_ record: Record, counterpart: String) {
        self.counterparts[record] = counterpart
    }

    /// Notes that a record is gone from its own side.
    package mutating func leaves(_ record: Record) {
        self.departed.insert(record)
    }

    /// Whether a record is gone from its own side: a blank where it was named is what it left behind.
    package func isGone(_ record: Record) -> Bool {
        self.departed.contains(record) && self.counterpart(of: record) == nil
    }

    /// The id of the linked record, or `nil` where there is none yet.
    package func counterpart(of record: Record) -> String? {
        record.mapping == Owners.mapping
            ? self.owners.counterpart(of: record.id, on: record.side) : self.counterparts[record]
    }
}
