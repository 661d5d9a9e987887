import Foundation
package import HTTPTransport
package import WireJSON

/// The two simulated CRMs as the demo sees them from outside: exports, edits, faults, usage.
package struct DemoWorld: Sendable {
    /// One record of an export.
    package struct Record: Sendable {
        package var id: String
        package var fields: [String: String]

        package subscript(_ name: String) -> String { self.fields[name] ?? "" }
    }

    package var hubspotURL: String
    package var salesforceURL: String
    package var ready: JSON
    private let transport: CurlTransport

    package init(readyLine: String, transport: CurlTransport) throws {
        self.ready = try JSON(parsing: Array(readyLine.utf8))
        guard let hubspot = self.ready["hubspot"]?["baseURL"]?.string,
            let salesforce = self.ready["salesforce"]?["baseURL"]?.string
        else { throw DemoFailure("the simulator's first line names no addresses") }
        self.hubspotURL = hubspot
        self.salesforceURL = salesforce
        self.transport = transport
    }

    /// All live records of an object, from the mock itself.
    package func export(_ object: String) async throws -> [Record] {
        let base = object == "contacts" ? self.hubspotURL : self.salesforceURL
        let body = try await self.send(.get, base + "/_control/export/" + object)
        return try body.split(separator: 0x0A).map { line in
            let json = try JSON(parsing: Array(line))
            var fields: [String: String] = [:]
            for (name, value) in json["fields"]?.members ?? [] {
                fields[name] = value.string ?? value.numberText ?? value.boolean.map { "\($0)" }
            }
            return Record(id: json["id"]?.string ?? "", fields: fields)
        }
    }

    /// Makes edits as a person does; each is one NDJSON line.
    package func edit(_ lines: [[UInt8]]) async throws {
        var body: [UInt8] = []
        for line in lines { body += line + [0x0A] }
        _ = try await self.send(.post, self.hubspotURL + "/_control/edits", body)
    }

    package func advance(seconds: Int) async throws {
        _ = try await self.send(
            .post,
            self.hubspotURL + "/_control/clock",
            Array(#"{"advanceSeconds":\#(seconds)}"#.utf8)
        )
    }

    package func faults(_ json: String) async throws {
        _ = try await self.send(.post, self.hubspotURL + "/_control/faults", Array(json.utf8))
    }

    /// Billed calls of each CRM, as the mocks count them.
    package func usage() async throws -> JSON {
        try JSON(parsing: try await self.send(.get, self.hubspotURL + "/_control/usage"))
    }

    private func send(
        _ method: HTTPMethod,
        _ url: String,
        _ body: [UInt8] = []
    ) async throws -> [UInt8] {
        let response = try await self.transport.send(
            HTTPRequest(
                method: method,
                url: url,
                headers: [HTTPHeader("Content-Type", "application/json")],
                body: body
            )
        )
        guard response.status < 300 else {
            throw DemoFailure("the simulator answered \(response.status) to \(url)")
        }
        return response.body
    }
}
