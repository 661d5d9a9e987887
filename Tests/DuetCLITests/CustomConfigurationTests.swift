import CRMInterface
import DuetCLI
import SyncCore
import Testing

/// Mappings of objects that the accounts made themselves, as a file has them.
struct CustomConfigurationTests {
    private static let good = """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - name: cars
            hubspot: cars
            salesforce: Car__c
            fields:
              - {hubspot: name, salesforce: Name, rule: twoWay}
              - {association: companies, label: Dealer, salesforce: Dealer__c, rule: twoWay}
        """

    private static func problems(_ text: String) -> [String] {
        do {
            _ = try ConfigurationReader.read(text, path: "duet.yaml")
            return []
        } catch {
            return error.problems.map { $0.text(in: "duet.yaml") }
        }
    }

    private static let car = CustomObject(
        name: "car",
        fullName: "p7_car",
        typeID: "2-11",
        singular: "Car",
        plural: "Cars",
        shownBy: "name",
        needs: ["name"]
    )

    @Test func `a custom mapping needs no more than its two objects and its fields`() throws {
        let mapping = try #require(
            try ConfigurationReader.read(Self.good, path: "duet.yaml").mappings.first
        )
        #expect(mapping.salesforce == ["Car__c"])
        #expect(mapping.createAs == "Car__c")
        #expect(mapping.match.isEmpty)
        #expect(mapping.salesforceKey == "HubSpot_Record_ID__c")
        #expect(mapping.hubspotKeys == ["Car__c": "sf_car_key"])
        #expect(mapping.kind.isCustom)
        #expect(mapping.fields[1].association == .init(object: "companies", label: "Dealer"))
        #expect(mapping.fields[1].hubspot == "association with companies: Dealer")
        let packaged = Self.good.replacing("salesforce: Car__c", with: "salesforce: fleet__Car__c")
        let other = try ConfigurationReader.read(packaged, path: "duet.yaml").mappings.first
        #expect(other?.hubspotKeys == ["fleet__Car__c": "sf_fleet_car_key"])
    }

    struct Mistake: Sendable {
        var old: String
        var new: String
        var says: String
    }

    @Test(
        arguments: [
            Mistake(
                old: "    salesforce: Car__c\n",
                new: "",
                says: "duet.yaml:7:14: `cars` is not a HubSpot object that this version syncs."
            ),
            Mistake(
                old: "hubspot: cars\n    salesforce: Car__c",
                new: "hubspot: bicycles\n    match: name",
                says: "A custom object also says with what it goes, as `salesforce: Car__c`."
            ),
            Mistake(
                old: "hubspot: cars\n    salesforce: Car__c",
                new: "hubspot: contcts\n    salesforce: Contact",
                says: "Did you mean `contacts`?"
            ),
            Mistake(
                old: "salesforce: Car__c",
                new: "salesforce: [Car__c, Bike__c]",
                says: "`cars` is not a HubSpot object"
            ),
            Mistake(
                old: "{association: companies, ",
                new: "{hubspot: dealer, ",
                says: "`label` is for fields with `association`."
            ),
            Mistake(
                old: "{association: companies, ",
                new: "{association: companies, hubspot: dealer, ",
                says: "A field has either `hubspot` or `association`."
            ),
            Mistake(
                old: "label: Dealer, ",
                new: "label: Dealer, default: Acme, ",
                says: "`default` says nothing of an association: its values are records."
            ),
            Mistake(
                old: "hubspot: cars\n    salesforce: Car__c",
                new: "hubspot: tasks",
                says: "What tasks belong to goes over as `contact` and `about`."
            ),
            Mistake(
                old: "salesforce: Car__c",
                new: "salesforce: Car__c\n    match: \"association with companies: Dealer\"",
                says: "names another record: it matches nothing."
            ),
            Mistake(
                old: "salesforce: Car__c",
                new: "salesforce: Car__c\n    keys: none",
                says: "Without `match` and without keys on both sides nothing tells"
            ),
            Mistake(
                old: "{hubspot: name, salesforce: Name, rule: twoWay}",
                new: "{hubspot: hs_pipeline_stage, salesforce: Stage__c, rule: twoWay}",
                says: "`hs_pipeline_stage` holds ids that only HubSpot understands."
            ),
        ]
    )
    func `a mistake is told with its place and what to write`(mistake: Mistake) {
        let problems = Self.problems(Self.good.replacing(mistake.old, with: mistake.new))
        #expect(problems.contains { $0.contains(mistake.says) }, "\(problems)")
    }

    @Test func `names are resolved through the schemas, and one object is in one mapping`() throws {
        let configuration = try ConfigurationReader.read(Self.good, path: "duet.yaml")
        #expect(CustomObjectNames.wanted(by: configuration) == ["cars"])
        let resolved = try CustomObjectNames.resolved(configuration, [Self.car]).mappings[0]
        #expect(resolved.hubspot == "2-11")
        #expect(resolved.kind.typeID == "2-11")
        #expect(resolved.kind.shown == "cars")
        #expect(resolved.kind.needs == ["name"])
        var twin = Self.car
        (twin.name, twin.fullName, twin.typeID) = ("vehicle", "p7_vehicle", "2-12")
        #expect(throws: ConfigurationProblems.self) {
            try CustomObjectNames.resolved(configuration, [Self.car, twin])
        }
        // A name goes before what others are called.
        let exact = try ConfigurationReader.read(
            Self.good.replacing("hubspot: cars", with: "hubspot: vehicle"),
            path: "duet.yaml"
        )
        #expect(
            try CustomObjectNames.resolved(exact, [Self.car, twin]).mappings[0].hubspot == "2-12"
        )
        let twice =
            Self.good + "\n"
                + """
                  - name: again
                    hubspot: p7_car
                    salesforce: Bike__c
                    fields:
                      - {hubspot: name, salesforce: Name}
                """.replacing("    - name", with: "  - name").replacing("\n      ", with: "\n    ")
        let both = try ConfigurationReader.read(twice, path: "duet.yaml")
        let told = #expect(throws: ConfigurationProblems.self) {
            try CustomObjectNames.resolved(both, [Self.car])
        }
        #expect(told?.description.contains("cars is in the mapping `cars` too, in line 6.") == true)
    }

    @Test func `init writes a mapping of custom objects that is asked for`() throws {
        let pairs = [try ConfigurationTemplate.CustomPair("cars=Car__c")]
        let text = ConfigurationTemplate.text(with: pairs + [try .init("p7_bike=Bike__c")])
        let mappings = try ConfigurationReader.read(text, path: "duet.yaml").mappings
        #expect(mappings.map(\.name) == ["contacts", "cars", "p7_bike"])
        #expect(mappings[1].salesforce == ["Car__c"])
        #expect(mappings[1].hubspotKeys == ["Car__c": "sf_car_key"])
        #expect(mappings[2].hubspotKeys == ["Bike__c": "sf_bike_key"])
        for wrong in ["cars", "cars=", "cars=Car__c=x", "cars=Contact", "deals=Car__c", "a b=C__c"]
        {
            let told = #expect(throws: SyncError.self, "\(wrong)") {
                try ConfigurationTemplate.CustomPair(wrong)
            }
            #expect(told?.code == .usage)
        }
    }

    @Test func `without any custom object the next step is where one is made`() throws {
        let configuration = try ConfigurationReader.read(Self.good, path: "duet.yaml")
        let told = #expect(throws: ConfigurationProblems.self) {
            try CustomObjectNames.resolved(configuration, [])
        }
        #expect(told?.description.contains("It shows none at all: make it under Settings") == true)
    }
}
