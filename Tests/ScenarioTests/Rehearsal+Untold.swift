import Foundation
import HTTPTransport
import SimulationKit

extension Rehearsal {
    /// HubSpot tells of these records no more what they are tied to: an error of its own within the reply.
    func hides(tiesOf ids: [String]) {
        let transport = MockTransport(world: self.world)
        self.answers { request in
            guard request.url.contains("/associations/"), request.url.hasSuffix("/batch/read"),
                !Self.inputs(of: request).isDisjoint(with: ids)
            else { return nil }
            return (try? transport.deliver(request)).map { Self.without(Set(ids), $0) }
        }
    }

    /// Whose ties a request asks for.
    static func inputs(of request: HTTPRequest) -> Set<String> {
        let root = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        let inputs = root?["inputs"] as? [[String: Any]] ?? []
        return Set(inputs.compactMap { $0["id"] as? String })
    }

    /// The reply with an error in place of what it tells of these records.
    private static func without(_ ids: Set<String>, _ reply: HTTPResponse) -> HTTPResponse {
        guard var root = try? JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
        else { return reply }
        let results = (root["results"] as? [[String: Any]] ?? []).filter { result in
            let from = result["from"] as? [String: Any]
            return !ids.contains(from?["id"] as? String ?? "")
        }
        let told = (root["errors"] as? [[String: Any]] ?? []).filter { error in
            let named = (error["context"] as? [String: Any])?["fromObjectId"] as? [String] ?? []
            return ids.isDisjoint(with: named)
        }
        root["results"] = results
        root["errors"] =
            told + [
                [
                    "status": "error", "category": "INTERNAL_ERROR",
                    "context": ["fromObjectId": ids.sorted()],
                ] as [String: Any]
            ]
        let body = (try? JSONSerialization.data(withJSONObject: root)) ?? Data()
        return HTTPResponse(status: 207, headers: reply.headers, body: [UInt8](body))
    }
}
