package import CRMInterface
package import HTTPTransport
package import SyncCore
package import WireJSON

/// Reads records of any object. Values are copied out; no part of the reply's text outlives the
/// call.
extension SalesforceResponses {
    // MARK: - Reading

    /// The rows of a query's page, in a Composite or not, or of a Collections read, which leaves
    /// out what it does not find.
    package static func records(_ json: JSON) throws(SyncError) -> Paged<PlainRecord> {
        if json["compositeResponse"] != nil {
            return try Self.records(try Self.bodies(json, count: 1)[0])
        }
        if json.kind == .array { return Paged(items: json.elements.compactMap(Self.record)) }
        guard let rows = json["records"] else { throw SalesforceFailures.malformed() }
        return Paged(items: rows.elements.compactMap(Self.record), next: try Self.next(json))
    }

    /// `nil` where the row has no id, as those of groups have none.
    private static func record(_ json: JSON) -> PlainRecord? {
        guard let id = json["Id"]?.string else { return nil }
        var record = PlainRecord(
            id: SalesforceID.long(id),
            fields: [],
            isDeleted: json["IsDeleted"]?.boolean == true,
            modified: json["SystemModstamp"]?.bytes
                .flatMap { CivilTime.milliseconds($0[...]) }
                .map { ServerTime(milliseconds: $0) }
        )
        record.fields.reserveCapacity(json.count)
        Self.take(json, below: "", depth: 0, into: &record)
        return record
    }

    /// Parents' fields come below their relationship's name, five levels up at most (SOQL:
    /// relationships_query_limits).
    private static func take(
        _ json: JSON,
        below prefix: String,
        depth: Int,
        into record: inout PlainRecord
    ) {
        for (name, value) in json.members where name != "attributes" {
            switch value.kind {
            case .null: record.fields.append(.init(prefix + name, nil))
            case .boolean:
                record.fields.append(.init(prefix + name, value.boolean == true ? "true" : "false"))
            case .number: record.fields.append(.init(prefix + name, value.numberText))
            case .string: record.fields.append(.init(prefix + name, value.string))
            case .object where value["records"] != nil && depth == 0:
                record.children[name] = .init(
                    records: value["records"]?.elements.compactMap(Self.child) ?? [],
                    next: value["done"]?.boolean == false ? value["nextRecordsUrl"]?.string : nil
                )
            case .object where depth < 5:
                Self.take(value, below: prefix + name + ".", depth: depth + 1, into: &record)
            case .object, .array: break
            }
        }
    }

    private static func child(_ json: JSON) -> PlainRecord? {
        guard let id = json["Id"]?.string else { return nil }
        var record = PlainRecord(id: SalesforceID.long(id), fields: [])
        // Children of children are not asked for.
        Self.take(json, below: "", depth: 1, into: &record)
        return record
    }

    // MARK: - Writing

    /// What became of each write of a Collection, in their order.
    package static func outcomes(
        _ response: HTTPResponse,
        _ writes: [PlainWrite],
        _ version: SalesforceVersion
    ) -> [WriteReply.Outcome] {
        // Only upserts tell whether they made the record.
        Self.outcomes(response, areNew: writes.map { $0.target == .new }, version)
    }

    /// What became of each of so many deletes, in their order.
    package static func deletions(
        _ response: HTTPResponse,
        count: Int,
        _ version: SalesforceVersion
    ) -> [WriteReply.Outcome] {
        Self.outcomes(response, areNew: Array(repeating: false, count: count), version)
    }

    /// Collections answers in the order of the request (REST API:
    /// resources_composite_sobjects_collections_create); a list of another length tells nothing.
    private static func outcomes(
        _ response: HTTPResponse,
        areNew: [Bool],
        _ version: SalesforceVersion
    ) -> [WriteReply.Outcome] {
        let count = areNew.count
        guard (200..<300).contains(response.status) else {
            let error = SalesforceFailures.error(response, version)
            // A failure of the server may have come after the commit.
            let isOpen = response.status >= 500 && response.status != 503
            return Array(repeating: isOpen ? .unknown : .notStored(error.disposition), count: count)
        }
        guard let rows = (try? JSON(parsing: response.body))?.elements, rows.count == count else {
            return Array(repeating: .unknown, count: count)
        }
        return zip(rows, areNew).map { Self.outcome($0, isNew: $1) }
    }

    /// Only `success` is to be trusted: a rolled-back row may still carry its id (REST API:
    /// resources_composite_sobjects_collections_update).
    static func outcome(_ row: JSON, isNew: Bool) -> WriteReply.Outcome {
        guard row["success"]?.boolean == true else {
            guard let error = row["errors"]?[0], let refusal = SalesforceFailures.rejection(error)
            else { return .notStored(.retry(afterMilliseconds: 1_000)) }
            return .rejected(refusal)
        }
        guard let id = row["id"]?.string else { return .unknown }
        return .confirmed(
            id: SalesforceID.long(id),
            created: row["created"]?.boolean ?? isNew,
            stamp: nil
        )
    }

    // MARK: - Together

    /// What a part of a Composite was answered.
    package struct PartReply: Sendable {
        package var status: Int
        /// `nil` for none, as of an update.
        package var body: JSON?
    }

    /// The answers of a Composite by reference, whatever became of each.
    package static func parts(_ json: JSON) throws(SyncError) -> [String: PartReply] {
        guard let list = json["compositeResponse"] else { throw SalesforceFailures.malformed() }
        var parts: [String: PartReply] = [:]
        for part in list.elements {
            guard let name = part["referenceId"]?.string,
                let status = part["httpStatusCode"]?.integer
            else { throw SalesforceFailures.malformed() }
            let body = part["body"]
            parts[name] = PartReply(
                status: Int(clamping: status),
                body: body?.isNull == true ? nil : body
            )
        }
        return parts
    }
}
