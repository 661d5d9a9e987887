import DemoKit
import Foundation
import Testing
import WireJSON

extension AcceptanceTests {
    /// The process is killed at moments a seed picks, with replies lost, and started again.
    @Suite(.serialized)
    struct KillTests {
        private static let count = 2_000
        private static let kills = 8

        @Test(.timeLimit(.minutes(20)))
        func `killed again and again in a backfill and a sync, it ends as if nothing had happened`()
            async throws
        {
            let stage = try Stage(
                hubspot: People.hubspot(Self.count),
                salesforce: People.salesforce(Self.count)
            )
            try await stage.world.faults(#"{"loseEveryNthCreateReply":10}"#)
            var cut = try self.killed(stage, ["backfill", "contacts"], seed: 3)
            _ = try stage.duet.run("backfill", "contacts")
            try await self.edit(stage)
            try await stage.world.advance(seconds: 60)
            cut += try self.killed(stage, ["sync"], seed: 5)
            for _ in 0..<5 where try stage.duet.run("sync").status != 0 {
                try await stage.world.advance(seconds: 700)
            }
            #expect(cut > 3, "the process was always done before it was killed")

            let contacts = try await stage.world.export("contacts")
            let people = try await stage.world.export("Contact")
            let total = Self.count + Self.count / 2
            #expect(contacts.count == total)
            #expect(people.count == total)
            for (records, name) in [(contacts, "email"), (people, "Email")] {
                #expect(Set(records.map { $0[name].lowercased() }).count == total)
            }
            let byID = Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
            let lost = contacts.filter { contact in
                contact["mobilephone"].hasPrefix("+9")
                    && byID[contact["sf_contact_key"]]?["MobilePhone"] != contact["mobilephone"]
            }
            #expect(lost.isEmpty, "\(lost.count) edits did not arrive")
            let billed = try await stage.billed()
            let ledger = try stage.ledger()
            for side in ["hubspot", "salesforce"] {
                let apart = abs((billed[side] ?? 0) - (ledger[side] ?? 0))
                // At most one call a side is in flight when the process is killed.
                #expect(apart <= cut, "\(side): billed \(billed), ledger \(ledger)")
            }
        }

        /// 400 people get a new number on HubSpot.
        private func edit(_ stage: Stage) async throws {
            let contacts = try await stage.world.export("contacts").prefix(400)
            try await stage.world.edit(
                contacts.enumerated().map { number, contact in
                    let phone = #"{"mobilephone":"+9 \#(number)"}"#
                    return Array(
                        #"{"object":"contacts","id":"\#(contact.id)","fields":\#(phone),"author":"anna"}"#
                            .utf8
                    )
                }
            )
        }

        /// Starts a command so many times and kills it; answers how often it was still running.
        private func killed(_ stage: Stage, _ command: [String], seed: UInt64) throws -> Int {
            var state = seed
            var cut = 0
            for _ in 0..<Self.kills {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let child = stage.duet.process(command)
                try child.start()
                Thread.sleep(forTimeInterval: 0.15 + Double((state >> 33) % 1_000) / 800)
                if child.isRunning { cut += 1 }
                child.kill()
            }
            return cut
        }
    }
}
