/// One line of the history: a field that was decided or written, with both values.
package struct JournalEntry: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case decided
        case confirmed
        case rejected
        case conflict
        /// An edit of one side that the rule takes back: the other side's value counts.
        case overruled
        case linked
        /// A pair rests because the mapping does not include it, or goes on because it does.
        case inclusion
        /// A record was deleted because its counterpart had been.
        case deleted
        /// A change on the side that was written last, answered by another write.
        case round
        /// A field that both sides fight about is left alone for an hour.
        case held
        /// A write without a reply: nobody can tell any more whether it was stored.
        case unknown
    }

    package var kind: Kind
    package var mapping: String
    package var hubspotID: String?
    package var salesforceID: String?
    /// The side that was written, or `nil` where nothing was.
    package var target: Side?
    /// The field mapping's name, or `nil` for a line about the record.
    package var field: String?
    package var hubspotValue: [UInt8]?
    package var salesforceValue: [UInt8]?
    package var hubspotBase: [UInt8]?
    package var salesforceBase: [UInt8]?
    /// The rule and the cell that decided.
    package var reason: String
    /// Wall milliseconds.
    package var at: Int64

    package init(
        kind: Kind,
        mapping: String,
        hubspotID: String?,
        salesforceID: String?,
        target: Side? = nil,
        field: String? = nil,
        hubspotValue: [UInt8]? = nil,
        salesforceValue: [UInt8]? = nil,
        hubspotBase: [UInt8]? = nil,
        salesforceBase: [UInt8]? = nil,
        reason: String,
        at: Int64
    ) {
        self.kind = kind
        self.mapping = mapping
        self.hubspotID = hubspotID
        self.salesforceID = salesforceID
        self.target = target
        self.field = field
        self.hubspotValue = hubspotValue
        self.salesforceValue = salesforceValue
        self.hubspotBase = hubspotBase
        self.salesforceBase = salesforceBase
        self.reason = reason
        self.at = at
    }
}
