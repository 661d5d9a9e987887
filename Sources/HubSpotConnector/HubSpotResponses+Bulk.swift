package import CRMInterface
package import HTTPTransport
package import SyncCore
package import WireJSON

/// Reads what became of imports and exports. Files are read row by row and handed on, never held as
/// rows.
extension HubSpotResponses {
    /// An import, an export that was just begun, or the status of one.
    ///
    /// `id`: of the request, where the reply names none. States and counters: OpenAPI:
    /// CRM/Imports/Rollouts/144903, CRM/Exports/Rollouts/95922.
    package static func job(_ json: JSON, id: String = "") throws(SyncError) -> BulkJob {
        let state: BulkJob.State
        switch json["state"]?.string ?? json["status"]?.string {
        case "STARTED", "DEFERRED", "PENDING": state = .waiting
        // What an export answers at first has no state.
        case nil where json["id"] != nil: state = .waiting
        case "PROCESSING": state = .running
        case "DONE", "COMPLETE": state = .done
        case "FAILED", "REVERTED": state = .failed
        case "CANCELED": state = .cancelled
        default: throw HubSpotFailures.malformed()
        }
        let counters = json["metadata"]?["counters"]
        return BulkJob(
            id: HubSpotID.text(json["id"]) ?? id,
            state: state,
            processed: counters?["TOTAL_ROWS"]?.integer ?? 0,
            failed: counters?["ERRORS"]?.integer ?? 0,
            file: json["result"]?.string
        )
    }

    /// A page of an import's refusals, without the values that it repeats.
    package static func results(_ json: JSON) throws(SyncError) -> Paged<BulkRow> {
        guard let errors = json["results"] else { throw HubSpotFailures.malformed() }
        let rows = errors.elements.map { error in
            BulkRow(
                id: nil,
                refusal: .init(
                    kind: Self.kind(error["errorType"]?.string ?? ""),
                    code: HubSpotFailures.word(error["errorType"]?.string ?? ""),
                    fields: [error["knownColumnName"]?.string].compactMap(\.self)
                ),
                values: [:]
            )
        }
        return Paged(items: rows, next: Self.next(json))
    }

    private static func kind(_ type: String) -> WriteReply.Rejection.Kind {
        switch type {
        case "DUPLICATE_UNIQUE_PROPERTY_VALUE", "DUPLICATE_ALTERNATE_ID", "CREATE_ONLY_IMPORT":
            .taken
        case "UPDATE_ONLY_IMPORT": .missing
        case let type where type.hasPrefix("INVALID_"): .badValue
        default: .other
        }
    }

    /// The rows of an export's file, each handed on before the next is read.
    package static func exportRows(
        _ response: HTTPResponse,
        _ take: (PlainRecord) -> Void
    ) throws(SyncError) {
        var reader = CSVReader(response.body)
        guard let header = reader.next() else {
            if reader.isCut { throw HubSpotFailures.malformed() }
            return
        }
        while let cells = reader.next() {
            guard cells.count == header.count else { throw HubSpotFailures.malformed() }
            var record = PlainRecord(id: "", fields: [])
            for (name, cell) in zip(header, cells) {
                switch name {
                case "Record ID", "hs_object_id": record.id = cell
                default: record.fields.append(.init(name, cell.isEmpty ? nil : cell))
                }
            }
            take(record)
        }
        if reader.isCut { throw HubSpotFailures.malformed() }
    }
}
