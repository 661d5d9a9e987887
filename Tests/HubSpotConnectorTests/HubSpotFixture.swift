import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore

/// A connection on a scripted gate, and the mapping it is asked about.
struct HubSpotFixture {
    let gate: ScriptedGate
    let connection: HubSpotConnection

    init(
        auth: HubSpotConfiguration.Auth = .token("pat-canary"),
        credentials: KeptCredentials = KeptCredentials(),
        _ script: @escaping ScriptedGate.Script
    ) {
        self.gate = ScriptedGate(script)
        self.connection = HubSpotConnection(
            configuration: HubSpotConfiguration(baseURL: "https://api.hubapi.com", auth: auth),
            gate: self.gate,
            credentials: credentials,
            time: StillTime()
        )
    }

    static func reply(_ status: Int, _ body: String) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }

    static let mapping: ObjectMapping = {
        let email = FieldShape(type: .email)
        let text = FieldShape(type: .text)
        return ObjectMapping(
            name: "contacts",
            hubspot: .init(
                name: "contacts",
                fields: [.init(name: "email", shape: email), .init(name: "phone", shape: text)],
                keyField: nil
            ),
            hubspotKeyFields: ["Contact": "sf_contact_key", "Lead": "sf_lead_key"],
            salesforce: [
                .init(
                    name: "Contact",
                    fields: [
                        .init(name: "Email", shape: email), .init(name: "Phone", shape: text),
                    ],
                    keyField: "HubSpot_Record_ID__c"
                )
            ],
            createAs: "Contact",
            fields: [
                FieldMapping(
                    index: 0,
                    hubspot: "email",
                    salesforce: "Email",
                    rule: .twoWay,
                    kind: .identity
                ),
                FieldMapping(index: 1, hubspot: "phone", salesforce: "Phone", rule: .twoWay),
            ],
            matchFields: [0]
        )
    }()

    static func write(_ entryID: Int64, _ action: RecordWrite.Action, phone: String) -> RecordWrite
    {
        RecordWrite(
            entryID: entryID,
            mapping: Self.mapping,
            object: "contacts",
            action: action,
            fields: [.init(name: "phone", type: .text, value: FieldValue(normal: phone))]
        )
    }

    func write(_ writes: [RecordWrite]) async -> WriteReply {
        await self.connection.write(writes, priority: .field, hold: .none)
    }
}
