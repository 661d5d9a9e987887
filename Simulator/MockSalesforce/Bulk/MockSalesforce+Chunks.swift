/// PK chunking of the first Bulk API: a query is worked off in ranges of ids.
extension MockSalesforce {
    private static let chunkRowsMax = 250_000
    private static let chunkRowsStandard = 100_000
    private static let chunksMax = 10_000

    /// The rows of a chunk and the id that the first one begins with.
    ///
    /// `Sforce-Enable-PKChunking: true`, or `chunkSize=1000; startRow=...`; anything else is off.
    static func chunking(_ request: RESTRequest) throws(RequestFailure) -> BatchJob.Chunking? {
        guard let header = request.header("Sforce-Enable-PKChunking"),
            header.lowercased() != "false", !header.isEmpty
        else { return nil }
        var chunking = BatchJob.Chunking(rows: Self.chunkRowsStandard)
        for piece in header.split(separator: ";") {
            let pair = piece.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard pair.count == 2 else { continue }
            switch pair[0].lowercased() {
            case "chunksize":
                guard let rows = Int(pair[1]), (1...Self.chunkRowsMax).contains(rows) else {
                    throw RequestFailure("InvalidJob", "Invalid chunk size: \(pair[1])")
                }
                chunking.rows = rows
            case "startrow":
                guard let id = SalesforceID.canonical(pair[1]) else {
                    throw RequestFailure("InvalidJob", "Invalid start row: \(pair[1])")
                }
                chunking.start = id
            default: continue
            }
        }
        return chunking
    }

    /// The ranges of ids that a table falls into; deleted records count.
    func chunks(_ table: Int, _ chunking: BatchJob.Chunking) -> [BulkJob.IDRange]? {
        let start = chunking.start ?? ""
        let ids = self.org.tables[table].rows.filter { !$0.isPurged && $0.id >= start }
            .map(\.id).sorted()
        let firsts = stride(from: 0, to: ids.count, by: chunking.rows).map { ids[$0] }
        guard firsts.count <= Self.chunksMax else { return nil }
        guard !firsts.isEmpty else { return [BulkJob.IDRange(from: start, to: nil)] }
        return firsts.enumerated().map { place, first in
            let next = place + 1
            return BulkJob.IDRange(from: first, to: next < firsts.count ? firsts[next] : nil)
        }
    }

    /// Splits a query's batch; the batch itself is not processed.
    mutating func split(
        _ batch: inout BatchJob.Batch,
        _ job: inout BatchJob,
        _ chunking: BatchJob.Chunking
    ) {
        guard let chunks = self.chunks(job.frame.table, chunking) else {
            batch.state = .failed
            batch.stateMessage = "InvalidBatch : The query falls into too many chunks"
            return
        }
        batch.state = .notProcessed
        for range in chunks {
            var part = BatchJob.Batch(
                id: self.batches.nextID("751"),
                resultID: self.batches.nextID("752"),
                createdAt: batch.startsAt,
                changedAt: batch.startsAt,
                startsAt: batch.startsAt,
                endsAt: batch.startsAt + self.settings.bulkBatchTime,
                request: batch.request
            )
            part.range = range
            job.batches.append(part)
        }
    }
}
