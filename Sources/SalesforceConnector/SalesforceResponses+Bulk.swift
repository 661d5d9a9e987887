package import CRMInterface
package import HTTPTransport
package import SyncCore
package import WireJSON

/// Reads what became of Bulk API 2.0 jobs. Files are read row by row and handed on, never held as
/// rows.
extension SalesforceResponses {
    package static func job(_ json: JSON) throws(SyncError) -> BulkJob {
        guard let id = json["id"]?.string, let word = json["state"]?.string else {
            throw SalesforceFailures.malformed()
        }
        let state: BulkJob.State
        switch word {
        case "Open": state = .open
        case "UploadComplete": state = .waiting
        case "InProgress": state = .running
        case "JobComplete": state = .done
        case "Failed": state = .failed
        case "Aborted": state = .cancelled
        default: throw SalesforceFailures.malformed()
        }
        // `InvalidBatch : Field name not found : X`: the text may name values.
        let problem = json["errorMessage"]?.string?.prefix { $0.isLetter || $0 == "_" }
        return BulkJob(
            id: id,
            state: state,
            processed: json["numberRecordsProcessed"]?.integer ?? 0,
            failed: json["numberRecordsFailed"]?.integer ?? 0,
            problem: problem.flatMap { $0.isEmpty ? nil : String($0) }
        )
    }

    /// The rows of any of a job's results, each handed on before the next is read.
    ///
    /// Refusals read `CODE:message:fields --`; the message may have colons of its own (jsforce,
    /// test/bulk2.test.ts, against a real org; columns: simple-salesforce 1.12.10, bulk2.py).
    package static func results(
        _ body: [UInt8],
        _ take: (BulkRow) -> Void
    ) throws(SyncError) {
        try Self.rows(body) { header, cells in
            var row = BulkRow(id: nil, values: [:])
            for (name, cell) in zip(header, cells) {
                switch name {
                case "sf__Id": row.id = cell.isEmpty ? nil : SalesforceID.long(cell)
                case "sf__Created": row.isCreated = cell == "true"
                case "sf__Error": row.refusal = Self.refusal(cell)
                default: row.values[name] = cell
                }
            }
            take(row)
        }
    }

    private static func refusal(_ text: String) -> WriteReply.Rejection {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let code = parts.first.map(String.init) ?? ""
        let fields = (parts.count > 2 ? parts.last ?? "" : "").split(separator: "-").first ?? ""
        var writer = JSONWriter()
        writer.object { error in
            error.member("statusCode", code)
            error.member("message", text)
            error.name("fields")
            error.array { list in
                for name in fields.split(whereSeparator: { ", ".contains($0) }) {
                    list.string(String(name))
                }
            }
        }
        let json = try? JSON(parsing: writer.bytes)
        return json.flatMap(SalesforceFailures.rejection)
            // What goes again elsewhere is told here as it is: the job has ended.
            ?? .init(kind: .other, code: SalesforceFailures.word(code))
    }

    /// The rows of a query's page, each handed on before the next is read.
    ///
    /// - Returns: where the next page is; Salesforce writes `null` for none (simple-salesforce
    ///   1.12.10, bulk2.py).
    package static func exportRows(
        _ response: HTTPResponse,
        _ take: (PlainRecord) -> Void
    ) throws(SyncError) -> String? {
        try Self.rows(response.body) { header, cells in
            var record = PlainRecord(id: "", fields: [])
            for (name, cell) in zip(header, cells) {
                let value = cell.isEmpty ? nil : cell
                record.fields.append(.init(name, value))
                switch name {
                case "Id": record.id = SalesforceID.long(cell)
                case "IsDeleted": record.isDeleted = cell == "true"
                case "SystemModstamp":
                    record.modified = CivilTime.milliseconds(Array(cell.utf8)[...])
                        .map { ServerTime(milliseconds: $0) }
                default: break
                }
            }
            take(record)
        }
        let next = response.header("Sforce-Locator") ?? "null"
        return next == "null" ? nil : next
    }

    /// A file with a header; one that is cut, or whose row has another length, is no file.
    private static func rows(
        _ body: [UInt8],
        _ take: ([String], [String]) -> Void
    ) throws(SyncError) {
        var reader = CSVReader(body)
        guard let header = reader.next() else {
            if reader.isCut { throw SalesforceFailures.malformed() }
            return
        }
        while let cells = reader.next() {
            guard cells.count == header.count else { throw SalesforceFailures.malformed() }
            take(header, cells)
        }
        if reader.isCut { throw SalesforceFailures.malformed() }
    }
}
