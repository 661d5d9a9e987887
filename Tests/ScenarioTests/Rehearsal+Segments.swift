import HTTPTransport
import MockHubSpot
import SimulationKit
import SyncCore
import WireJSON

extension Rehearsal {
    /// Contacts of which those in a list are synced.
    static func segment(_ list: String) -> ObjectMapping {
        var mapping = Rehearsal.mapping()
        let index = mapping.fields.count
        mapping.fields.append(
            FieldMapping(
                index: index,
                hubspot: "segment",
                salesforce: "",
                rule: .dontSync,
                kind: .membership(list: list)
            )
        )
        mapping.hubspot.fields.append(.init(name: "segment", shape: FieldShape(type: .boolean)))
        for place in mapping.salesforce.indices { mapping.salesforce[place].fields.append(nil) }
        mapping.inclusion.segment = .init(list: list, name: "Customers", index: index)
        return mapping
    }

    /// Makes a list as a person does, who chooses its members or gives a city.
    static func makesList(_ world: MockWorld, city: String? = nil) async throws -> String {
        let operation = city.map { #"{"operator":"IS_EQUAL_TO","values":["\#($0)"]}"# }
        let filter = operation.map {
            #","filterBranch":{"filterBranchType":"OR","filterBranches":[{"filterBranchType":"AND","filters":["#
                + #"{"filterType":"PROPERTY","property":"city","operation":\#($0)}]}]}"#
        }
        let reply = try await Self.asks(
            world,
            .post,
            "/crm/v3/lists/",
            #"{"name":"Customers","objectTypeId":"0-1","processingType":"#
                + #""\#(city == nil ? "MANUAL" : "DYNAMIC")"\#(filter ?? "")}"#
        )
        return try JSON(parsing: reply.body)["list"]?["listId"]?.string ?? ""
    }

    @discardableResult
    static func asks(
        _ world: MockWorld,
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = ""
    ) async throws -> HTTPResponse {
        try await MockTransport(world: world).send(
            HTTPRequest(
                method: method,
                url: MockTransport.hubspotURL + path,
                headers: [
                    HTTPHeader("Authorization", "Bearer pat-na1-integration"),
                    HTTPHeader("Content-Type", "application/json"),
                ],
                body: Array(body.utf8)
            )
        )
    }
}
