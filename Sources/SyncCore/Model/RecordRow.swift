/// One record as a reply showed it: the unit that pages, reads and settles hand on.
package struct RecordRow: Sendable, Hashable {
    /// What the row says of the record's life.
    package enum Fate: Sendable, Hashable {
        case live
        /// Positive proof of a delete (`IsDeleted`, `archived`).
        case deleted
        /// Gone into another record; its id, where the row tells it.
        case merged(into: String?)
        /// A converted Lead with the Contact it became, where the row tells it.
        case converted(contact: String?)
    }

    /// What a row tells of the ties that stand in no property.
    package enum Ties: Sendable, Hashable {
        case told
        /// Nobody asked: those fields are blank and say nothing.
        case notAsked
        /// HubSpot did not tell them this time: the fields are blank and say as little.
        case untold
        /// There are more than are read.
        case tooMany
    }

    /// The record's id: HubSpot's digits, Salesforce's 18 characters.
    package var id: String
    /// The vendor's object name: `contacts`, `Contact`, `Lead`.
    package var object: String
    /// The record's modification stamp.
    package var stamp: ServerTime
    package var fate: Fate
    /// The mapped fields in the mapping's order, in this side's normal form.
    package var values: RecordBlob
    /// What the pair's key field holds on this record: the counterpart's id, if set.
    package var counterpartID: String?
    /// Ids that this record lists as merged into it.
    package var formerIDs: [String]
    /// All that a field may say where HubSpot ties the record to several others, by field; the first stands in
    /// `values`.
    package var choices: [Int: [FieldValue]] = [:]
    /// When the record was deleted, where its stamp does not say so.
    package var goneAt: ServerTime?
    /// Whether the fields that are ties say what the record belongs to.
    package var ties = Ties.told
    /// Whether nothing can tell if the record is included: the segment that says so is gone.
    package var isUndecided = false

    package init(
        id: String,
        object: String,
        stamp: ServerTime,
        fate: Fate = .live,
        values: RecordBlob,
        counterpartID: String? = nil,
        formerIDs: [String] = []
    ) {
        self.id = id
        self.object = object
        self.stamp = stamp
        self.fate = fate
        self.values = values
        self.counterpartID = counterpartID
        self.formerIDs = formerIDs
    }

    /// The record that took this one's place, where the row tells it.
    package var successorID: String? {
        switch self.fate {
        case .live, .deleted: nil
        case .merged(let winner): winner
        case .converted(let contact): contact
        }
    }
}
