import DemoKit
import Foundation
import Testing
import WireJSON

extension AcceptanceTests {
    /// `duet sync` of one record, which merely exists.
    @Suite(.serialized)
    struct OneRecordTests {
        @Test(.timeLimit(.minutes(5)))
        func `C29: a record that merely exists is synced on request, alone`() async throws {
            let stage = try Stage(
                hubspot: [
                    "email,firstname,lastname", "ann@x.test,Ann,One", "bo@x.test,Bo,Two",
                    "cy@x.test,Cy,Three",
                ],
                salesforce: ["Email,FirstName,LastName", "cy@x.test,,Three"]
            )
            _ = try stage.duet.run("sync")
            #expect(try await stage.world.export("Contact").count == 1)
            let one = try stage.duet.run("sync", "ann@x.test").json
            #expect(one["createdIn"]?["salesforce"]?.integer == 1)
            let people = try await stage.world.export("Contact")
            #expect(people.count == 2)
            // Who is in both is linked, and what one side lacks goes over.
            let both = try stage.duet.run("sync", "cy@x.test").json
            #expect(both["linked"]?.integer == 1)
            #expect(try await stage.world.export("Contact").count == 2)
            // It ends with 64, as wrong usage does.
            #expect(throws: DemoFailure.self) {
                try stage.duet.run("sync", "nobody@x.test")
            }
            #expect(try stage.ledger() == (try await stage.billed()))
        }
    }
}
