import HTTPTransport
import WireJSON

extension MockSalesforce {
    func limits(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let now = context.now
        try Self.allow([.get], request)
        guard self.has(.viewSetup, context.author) else {
            throw Self.lacking("View Setup and Configuration")
        }
        if request.path.count == 2, request.path[1] == "recordCount" {
            return self.recordCount(request, now)
        }
        guard request.path.count == 1 else { throw RequestFailure.notFound }
        let max = self.settings.dailyCallsMax
        // Clients of older versions ask for this name (pipelinewise-tap-salesforce, 41); that it
        // ends with 48 is from memory.
        let isOld = Double(request.version.dropFirst()).map { $0 < 49 } ?? false
        let pairs: [(String, Int, Int)] = [
            ("DailyApiRequests", max, Swift.max(0, max - self.meter.used(at: now))),
            (isOld ? "DailyBulkApiRequests" : "DailyBulkApiBatches", 15_000, 15_000),
            ("DailyBulkV2QueryFileStorageMB", 976_562, 976_562),
            ("DailyBulkV2QueryJobs", 10_000, 10_000),
            ("DataStorageMB", 5120, 4990),
        ]
        return RESTReply.json { writer in
            writer.object { writer in
                for (name, max, remaining) in pairs {
                    writer.name(name)
                    writer.object { writer in
                        writer.member("Max", max)
                        writer.member("Remaining", remaining)
                    }
                }
            }
        }
    }

    private func recordCount(_ request: RESTRequest, _ now: Int64) -> RESTReply {
        let names = (request.target.value("sObjects") ?? "").split(separator: ",")
        return RESTReply.json { writer in
            writer.object { writer in
                writer.name("sObjects")
                writer.array { writer in
                    for name in names {
                        guard let table = self.org.readableTable(String(name)) else { continue }
                        let count = self.org.tables[table].rows.count {
                            $0.visible(at: now).map { !$0.isDeleted } ?? false
                        }
                        guard count > 0 else { continue }
                        writer.object { writer in
                            writer.member("count", count)
                            writer.member("name", self.org.tables[table].object.name)
                        }
                    }
                }
            }
        }
    }

    func describeGlobal(_ request: RESTRequest) -> RESTReply {
        RESTReply.json { writer in
            writer.object { writer in
                writer.member("encoding", "UTF-8")
                writer.member("maxBatchSize", 200)
                writer.name("sobjects")
                writer.array { writer in
                    for table in self.org.tables where table.object.access.isReadable {
                        writer.object { writer in
                            Describe.writeObject(table.object, request.version, to: &writer)
                        }
                    }
                }
            }
        }
    }

    func describeBasic(_ table: Int, _ request: RESTRequest) -> RESTReply {
        RESTReply.json { writer in
            writer.object { writer in
                writer.name("objectDescribe")
                writer.object { writer in
                    let object = self.org.tables[table].object
                    Describe.writeObject(object, request.version, to: &writer)
                }
                writer.name("recentItems")
                writer.array { _ in }
            }
        }
    }

    func describe(_ table: Int, _ request: RESTRequest) -> RESTReply {
        let changed = SalesforceTime.wholeSeconds(self.settings.metadataChangedAt)
        let headers = [
            HTTPHeader("ETag", "\"\(changed / 1000)\""),
            HTTPHeader("Last-Modified", SalesforceTime.formatHTTP(changed)),
        ]
        if let text = request.header("If-Modified-Since"),
            let since = SalesforceTime.parseHTTP(text), changed <= since
        {
            var reply = RESTReply(status: 304)
            reply.headers = headers
            return reply
        }
        var reply = RESTReply.json(reserving: 65_536) { writer in
            let children = self.org.childRelationships(of: table).map {
                (self.org.tables[$0.table].object, $0)
            }
            let object = self.org.tables[table].object
            let types = self.org.recordTypes(of: object.name)
            Describe.write(object, children, types, request.version, to: &writer)
        }
        reply.headers = headers
        return reply
    }
}
