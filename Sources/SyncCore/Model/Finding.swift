/// A problem an operator must see; one open finding per code, record and subject.
package struct Finding: Sendable, Hashable {
    package enum Code: String, Sendable, Hashable, CaseIterable, Codable {
        case ambiguousMatch
        case alreadyLinked
        case counterpartDeleted
        case counterpartsMerged
        case counterpartConverted
        case counterpartNotVisible
        /// A record was to be deleted with its counterpart, and had been edited since.
        case deletedButEdited
        /// More records of a CRM were to be deleted than the mapping allows: they wait for a person.
        case deletesHeldInHubSpot
        case deletesHeldInSalesforce
        case firstSyncDiverged
        case conflict
        case missingRequiredField
        case valueNotConvertible
        case recordRejected
        case keyRejected
        /// Somebody owns records and has no counterpart: named by the id on the side that knows them.
        case ownerNotFound
        case fieldFlapping
        case schemaChanged
        /// The segment that says which records are synced is not there any more: the object waits.
        case segmentGone
        case outcomeUnknown
        /// A tie between two records was refused by the CRM that lacks it.
        case relationRefused
        /// A record has more ties than are read: they stay as they are.
        case tooManyTies
        /// A record shows somebody who was erased: it is neither stored nor synced.
        case erased
    }

    package var code: Code
    package var mapping: String
    package var hubspotID: String?
    package var salesforceID: String?
    /// Which part of the record it is about, where several may have the same problem: the name of a relation.
    package var subject: String
    /// Names of fields, ids of candidates, a vendor's error code: never a field's value.
    package var details: [String]

    package init(
        code: Code,
        mapping: String,
        hubspotID: String? = nil,
        salesforceID: String? = nil,
        subject: String = "",
        details: [String] = []
    ) {
        self.code = code
        self.mapping = mapping
        self.hubspotID = hubspotID
        self.salesforceID = salesforceID
        self.subject = subject
        self.details = details
    }

    /// What an issue about a record of somebody who was erased tells.
    package static func detail(ofErasure number: Int64) -> String { "erasure \(number)" }
}
