import ArgumentParser
import DuetCLI
import Foundation
import SyncCore
import SyncStore
import Testing
import WireJSON

/// `duet erase`: what it shows, does, refuses and lifts.
struct ErasureDeskTests {
    private static let secrets = ["ada@secret.test", "Lovelace-of-Ockham", "7013370001"]

    /// A store on disk with one synced person, beside the configuration that `duet init` writes.
    private final class Place {
        let folder: URL
        let store: SQLiteSyncStore
        let desk: ErasureDesk

        var config: String { self.folder.appendingPathComponent("duet.yaml").path }

        init() async throws {
            self.folder = FileManager.default.temporaryDirectory
                .appendingPathComponent(
                    "duet-erase-\(ProcessInfo.processInfo.globallyUniqueString)"
                )
            try FileManager.default.createDirectory(
                at: self.folder,
                withIntermediateDirectories: true
            )
            let text = ConfigurationTemplate.text
            try text.write(
                toFile: self.folder.appendingPathComponent("duet.yaml").path,
                atomically: true,
                encoding: .utf8
            )
            let configuration = try ConfigurationReader.read(text, path: "duet.yaml")
            let mapping = try #require(configuration.mappings.first { $0.hubspot == "contacts" })
            self.store = try SQLiteSyncStore.open(
                path: self.folder.appendingPathComponent("duet.sqlite").path,
                now: { 1_790_000_000_000 }
            )
            let urls = RecordURL(
                hubspot: (base: "https://app.hubspot.com", portal: "99"),
                salesforce: nil,
                types: [mapping.name: "0-1"]
            )
            self.desk = ErasureDesk(configuration: configuration, store: self.store, urls: urls)
            let values = mapping.fields.map { field in
                let values = ["email": "ada@secret.test", "lastname": "Lovelace-of-Ockham"]
                return FieldValue(normal: values[field.hubspot] ?? "")
            }
            var link = Link(
                mapping: mapping.name,
                hubspotID: "7013370001",
                salesforceID: "003ADAADAADAADAY55",
                salesforceObject: "Contact"
            )
            link.hubspotBase = RecordBlob(values: values)
            link.salesforceBase = link.hubspotBase
            _ = try await self.store.commit(PageCommit(records: [RecordCommit(link: link)]))
        }

        deinit {
            try? FileManager.default.removeItem(at: self.folder)
        }

        func run(_ arguments: [String]) async throws {
            let command = try EraseCommand.parse(arguments + ["--config", self.config])
            try await command.run()
        }
    }

    @Test func `a preview names the records and the next step, and changes nothing`() async throws {
        let place = try await Place()
        let report = try await place.desk.erase(
            ["Ada@Secret.test"],
            isOnlyNamed: false,
            apply: false
        )
        let text = report.lines.joined(separator: "\n")
        #expect(text.contains("https://app.hubspot.com/contacts/99/record/0-1/7013370001"))
        #expect(text.contains("1 × last synced values"))
        #expect(text.contains("3 keyed hashes of 1 e-mail addresses and 2 ids"))
        #expect(text.contains("--apply"))
        #expect(try await place.store.linkCount(mapping: "contacts") == 1)
        let json = try JSON(parsing: Array(report.json().utf8))
        #expect(json["erasure"]?["done"]?.boolean == false)
        #expect(json["erasure"]?["records"]?.integer == 2)
        place.store.close()
    }

    @Test(arguments: ["ada@secret.test", "7013370001", "003ADAADAADAADA"])
    func `named in any way the person goes, and what is printed names nobody`(
        name: String
    ) async throws {
        let place = try await Place()
        let report = try await place.desk.erase([name], isOnlyNamed: false, apply: true)
        #expect(try await place.store.linkCount(mapping: "contacts") == 0)
        let printed = report.title + report.lines.joined() + report.json()
        for secret in Self.secrets { #expect(!printed.contains(secret)) }
        let list = try await place.desk.list().lines
        #expect(list.count == 1)
        let listed = try await place.desk.list().json()
        let json = try JSON(parsing: Array(listed.utf8))
        #expect(json["erasures"]?[0]?["hashes"]?.integer == 3)
        #expect(json["erasures"]?[0]?["fileIsClean"]?.boolean == true)
        #expect(list[0].hasPrefix("#1  2026-09-21T14:13:20Z  duet erase --apply, by "))
        for secret in Self.secrets { #expect(!list[0].contains(secret)) }
        let lifted = try await place.desk.lift(["#1"], apply: false)
        #expect(lifted.lines.last?.contains("--apply") == true)
        #expect(try await place.desk.list().lines == list)
        _ = try await place.desk.lift([name], apply: true)
        #expect(try await place.desk.list().lines == ["None."])
        place.store.close()
    }

    @Test func `one who was never synced can be kept out beforehand`() async throws {
        let place = try await Place()
        let report = try await place.desk.erase(["new@x.test"], isOnlyNamed: false, apply: true)
        #expect(report.lines.first == "This store holds nothing of this person.")
        #expect(try await place.store.erased([.address("new@x.test")]).count == 1)
        place.store.close()
    }

    @Test func `a ticket, a word and nobody's name are refused`() async throws {
        let place = try await Place()
        for name in [
            "500ADAADAADAADA", "Ada", "https://app.hubspot.com/contacts/99/record/0-2/7",
        ] {
            await #expect(throws: SyncError.self) {
                _ = try await place.desk.erase([name], isOnlyNamed: false, apply: true)
            }
        }
        await #expect(throws: SyncError.self) {
            _ = try await place.desk.lift(["nobody@x.test"], apply: true)
        }
        #expect(throws: (any Error).self) { try EraseCommand.parse(["--apply"]) }
        #expect(throws: (any Error).self) {
            try EraseCommand.parse(["a@x.test", "--forget", "--only-named"])
        }
        #expect(try await place.desk.list().lines == ["None."])
        place.store.close()
    }

    @Test func `addresses are found by the fields that the store has, whatever the file lists now`()
        async throws
    {
        let place = try await Place()
        // As a file that listed a field more at the top has left it; the one here begins with the address.
        let fields = #"["jobtitle=Title,Title","email=Email,Email","lastname=LastName,LastName"]"#
        try await place.store.setText(fields, for: "mapping.fields.contacts")
        var link = try #require(
            try await place.store.links(mapping: "contacts", after: 0, limit: 1).first
        )
        let values = ["Countess", "ada@secret.test", "Lovelace"].map { FieldValue(normal: $0) }
        link.hubspotBase = RecordBlob(values: values)
        link.salesforceBase = link.hubspotBase
        _ = try await place.store.commit(PageCommit(records: [RecordCommit(link: link)]))
        _ = try await place.desk.erase(["7013370001"], isOnlyNamed: false, apply: true)
        #expect(try await place.store.linkCount(mapping: "contacts") == 0)
        #expect(try await place.store.erased([.address("ada@secret.test")]).count == 1)
        place.store.close()
    }

    @Test func `while another process has the store the command says to try again`()
        async throws
    {
        let place = try await Place()
        let error = await #expect(throws: ExitCode.self) {
            try await place.run(["ada@secret.test", "--apply", "--quiet"])
        }
        #expect(error?.rawValue == 75)
        #expect(try await place.store.linkCount(mapping: "contacts") == 1)
        place.store.close()
        try await place.run(["ada@secret.test", "--apply", "--quiet"])
        let store = try PairBuilder.openStore(
            path: place.folder.appendingPathComponent("duet.sqlite").path
        )
        #expect(try await store.linkCount(mapping: "contacts") == 0)
        #expect(try await store.erased([.address("ada@secret.test")]).count == 1)
        store.close()
    }
}
