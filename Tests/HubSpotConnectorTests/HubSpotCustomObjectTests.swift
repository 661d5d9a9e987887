import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing
import WireJSON

/// Objects that a portal made itself, and ties by the kinds that it told.
struct HubSpotCustomObjectTests {
    private static let plain = TieKind(id: 31, isOwn: false, label: nil)
    private static let driver = TieKind(id: 33, isOwn: false, label: "Driver")

    private static func write(
        _ entryID: Int64,
        _ action: RecordWrite.Action,
        _ ties: [(id: String, isMade: Bool, kind: TieKind)]
    ) -> RecordWrite {
        var write = HubSpotFixture.write(entryID, action, phone: "1")
        write.object = "2-7"
        write.fields = []
        write.ties = ties.map {
            .init(
                field: "association with contacts",
                object: "contacts",
                id: $0.id,
                isMade: $0.isMade,
                kind: $0.kind
            )
        }
        return write
    }

    /// The kinds of a tie that a request names, with their categories.
    private static func kinds(_ tie: JSON?) -> [String] {
        (tie?["types"]?.elements ?? []).map { kind in
            let number = kind["associationTypeId"]?.integer ?? 0
            return "\(kind["associationCategory"]?.string ?? "") \(number)"
        }
    }

    @Test func `the objects of a portal are told with what their schemas say`() async throws {
        let schemas = """
            {"results":[
              {"id":"2-7","objectTypeId":"2-7","name":"car","fullyQualifiedName":"p9_car",
               "labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":"vin",
               "requiredProperties":["vin"],"archived":false},
              {"objectTypeId":"2-8","name":"bike"},
              {"objectTypeId":"2-9","name":"old","archived":true},
              {"labels":{}}]}
            """
        let portal = HubSpotFixture { _, _ throws(CallFailure) in
            HubSpotFixture.reply(200, schemas)
        }
        let objects = try await portal.connection.customObjects()
        #expect(objects.map(\.typeID) == ["2-7", "2-8"])
        #expect(objects[0].needs == ["vin"])
        #expect(objects[0].shownBy == "vin")
        #expect(objects[0].answers(to: "cars"))
        #expect(objects[0].answers(to: "P_CAR"))
        #expect(!objects[0].answers(to: "c"))
        #expect(objects[1].plural == "bike")
        #expect(objects[1].shownBy == nil)
    }

    @Test func `a new record brings each of its ties along, of the kind that the portal told`()
        async throws
    {
        let portal = HubSpotFixture { _, _ throws(CallFailure) in HubSpotFixture.reply(201, "{}") }
        let key = RecordWrite.Action.createByKey(field: "sf_car_key", value: "a01A")
        _ = await portal.write([
            Self.write(1, key, [("77", true, Self.driver), ("78", true, Self.plain)])
        ])
        let requests = await portal.gate.requests
        #expect(requests.count == 1)
        let input = try JSON(parsing: requests[0].body)["inputs"]?[0]
        let ties = input?["associations"]?.elements ?? []
        #expect(ties.map { $0["to"]?["id"]?.string } == ["77", "78"])
        #expect(ties.map { Self.kinds($0) } == [["USER_DEFINED 33"], ["USER_DEFINED 31"]])
    }

    @Test func `a label is taken from its tie, a plain tie goes whole, at most 100 a request`()
        async throws
    {
        let portal = HubSpotFixture { _, _ throws(CallFailure) in
            HubSpotFixture.reply(200, #"{"status":"COMPLETE","results":[]}"#)
        }
        let seller = TieKind(id: 35, isOwn: false, label: "Seller")
        let reply = await portal.write(
            (1...100).map { number in
                Self.write(
                    number,
                    .update(id: "\(number)"),
                    [("77", false, Self.driver), ("78", false, seller), ("79", false, Self.plain)]
                )
            }
        )
        #expect(reply.outcomes.count == 100)
        let requests = await portal.gate.requests
        let ends = requests.map {
            String($0.url.split(separator: "/").suffix(2).joined(separator: "/"))
        }
        #expect(ends == ["batch/archive", "labels/archive", "labels/archive"])
        let inputs = try requests.map { try JSON(parsing: $0.body)["inputs"]?.elements ?? [] }
        #expect(inputs.map(\.count) == [100, 100, 100])
        #expect(inputs[0].allSatisfy { Self.kinds($0).isEmpty })
        let taken = inputs[1...].flatMap { $0 }.flatMap { Self.kinds($0) }
        #expect(taken.count { $0 == "USER_DEFINED 33" } == 100)
        #expect(taken.count { $0 == "USER_DEFINED 35" } == 100)
    }
}
