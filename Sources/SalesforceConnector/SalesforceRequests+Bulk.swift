package import CRMInterface
package import HTTPTransport
import SyncCore
import WireJSON

/// Bulk API 2.0: files of records that the org works off by itself. Each request is one call.
///
/// It costs fewer calls than Composites from about 7,000 records on. Later requests of a job must
/// be of the version that it was made with, or are refused with 409 (Bulk API 2.0:
/// query_get_job_results).
extension SalesforceRequests {
    // MARK: - Writing

    package enum BulkOperation: Sendable, Hashable {
        case insert
        case update
        /// By a unique field, which is a column of the file.
        case upsert(key: String)
        /// The file has the column `Id` only.
        case delete
    }

    /// Bulk API 2.0: create_job.
    package func ingest(_ object: String, _ operation: BulkOperation) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { job in
            job.member("object", object)
            switch operation {
            case .insert: job.member("operation", "insert")
            case .update: job.member("operation", "update")
            case .delete: job.member("operation", "delete")
            case .upsert(let key):
                job.member("operation", "upsert")
                job.member("externalIdFieldName", key)
            }
            job.member("contentType", "CSV")
            job.member("lineEnding", "LF")
            job.member("columnDelimiter", "COMMA")
        }
        return self.post(self.paths.ingestJobs, writer.bytes)
    }

    /// The rows of a file: an empty cell leaves a field as it is, `#N/A` clears it (Bulk API 2.0:
    /// datafiles, valid records).
    ///
    /// Each write's own column comes first: the id, or the key of an upsert.
    package static func file(_ writes: [PlainWrite], fields: [String]) -> [UInt8] {
        PlainWrite.file(writes, fields: fields, idColumn: "Id") { field in
            guard !field.value.isBlank else { return "#N/A" }
            return Normalization.wireText(field.value, type: field.type, side: .salesforce)
        }
    }

    /// Uploads a job's one file; `nil` above 100 MB, which Salesforce's 150 MB become by its
    /// encoding (Bulk API 2.0: limits; simple-salesforce 1.12.10, bulk2.py,
    /// MAX_INGEST_JOB_FILE_SIZE).
    package func upload(_ file: [UInt8], to job: String) -> HTTPRequest? {
        guard file.count <= 100_000_000 else { return nil }
        return HTTPRequest(
            method: .put,
            url: self.paths.ingestJobs + "/\(job)/batches",
            headers: [HTTPHeader("Content-Type", "text/csv; charset=UTF-8")],
            body: file
        )
    }

    /// Says that the file is whole: the org begins (Bulk API 2.0: close_job).
    package func start(_ job: String) -> HTTPRequest { self.state("UploadComplete", job) }

    package func cancel(_ job: String) -> HTTPRequest { self.state("Aborted", job) }

    package func job(_ id: String) -> HTTPRequest { self.get(self.paths.ingestJobs + "/" + id) }

    package enum BulkResult: String, Sendable, Hashable {
        case stored = "successfulResults"
        case refused = "failedResults"
        /// What a job that ended early did not get to.
        case untouched = "unprocessedRecords"
    }

    /// A job's results as a file; they are kept for seven days (App limits: Bulk API).
    package func results(_ result: BulkResult, of job: String) -> HTTPRequest {
        self.get(self.paths.ingestJobs + "/\(job)/\(result.rawValue)")
    }

    // MARK: - Reading

    /// A query as a job: no groups, no children, no compound fields (Bulk API 2.0:
    /// query_create_job).
    package func export(_ soql: String, includesDeleted: Bool = false) -> HTTPRequest {
        var writer = JSONWriter(reserving: soql.utf8.count + 64)
        writer.object { job in
            job.member("operation", includesDeleted ? "queryAll" : "query")
            job.member("query", soql)
        }
        return self.post(self.paths.queryJobs, writer.bytes)
    }

    package func exportJob(_ id: String) -> HTTPRequest {
        self.get(self.paths.queryJobs + "/" + id)
    }

    /// One page of an ended query's rows; `next` is what the page before said of this one (Bulk API
    /// 2.0: query_get_job_results; `Sforce-Locator`).
    package func exportRows(of job: String, next: String? = nil, max: Int = 50_000) -> HTTPRequest {
        let after = next.map { "&locator=" + Percent.form($0) } ?? ""
        return self.get(self.paths.queryJobs + "/\(job)/results?maxRecords=\(max)" + after)
    }

    // MARK: - Pieces

    private func state(_ state: String, _ job: String) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { $0.member("state", state) }
        return HTTPRequest(
            method: .patch,
            url: self.paths.ingestJobs + "/" + job,
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: writer.bytes
        )
    }
}
