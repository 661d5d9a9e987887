import CRMInterface
import ConnectorTestKit
import HTTPTransport
import SalesforceConnector
import SyncCore

/// A connection on a scripted gate that is signed in by the first reply.
struct SalesforceFixture {
    let gate: ScriptedGate
    let connection: SalesforceConnection

    init(
        credentials: KeptCredentials = KeptCredentials(),
        token: @escaping @Sendable (_ number: Int) -> HTTPResponse = Self.token,
        _ script: @escaping ScriptedGate.Script
    ) {
        self.gate = ScriptedGate { request, number throws(CallFailure) in
            Self.isToken(request) ? token(number) : try script(request, number)
        }
        self.connection = SalesforceConnection(
            configuration: SalesforceConfiguration(
                loginURL: "https://login.salesforce.com",
                clientID: "client",
                clientSecret: "secret-canary",
                auth: .refreshToken("refresh-canary")
            ),
            gate: self.gate,
            credentials: credentials,
            time: StillTime()
        )
    }

    static func isToken(_ request: HTTPRequest) -> Bool { request.url.hasSuffix("/oauth2/token") }

    static func reply(_ status: Int, _ body: String) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }

    /// A token reply with a number of its own.
    static func token(_ number: Int) -> HTTPResponse {
        Self.reply(
            200,
            #"{"access_token":"t\#(number)","instance_url":"https://acme.my.salesforce.com","#
                + #""id":"https://login.salesforce.com/id/00D5g000000ABCD/0055g000000WXYZ"}"#
        )
    }

    /// A Composite's reply with these bodies, each with its status.
    static func composite(_ parts: [(status: Int, body: String)]) -> HTTPResponse {
        let answers = parts.enumerated().map { place, part in
            #"{"body":\#(part.body),"httpStatusCode":\#(part.status),"referenceId":"w\#(place)"}"#
        }
        return Self.reply(200, #"{"compositeResponse":[\#(answers.joined(separator: ","))]}"#)
    }

    static let mapping: ObjectMapping = {
        let email = FieldShape(type: .email)
        let text = FieldShape(type: .text)
        func object(_ name: String) -> ObjectMapping.Object {
            .init(
                name: name,
                fields: [.init(name: "Email", shape: email), .init(name: "Phone", shape: text)],
                keyField: "HubSpot_Record_ID__c"
            )
        }
        return ObjectMapping(
            name: "contacts",
            hubspot: .init(
                name: "contacts",
                fields: [.init(name: "email", shape: email), .init(name: "phone", shape: text)],
                keyField: nil
            ),
            hubspotKeyFields: [:],
            salesforce: [object("Contact"), object("Lead")],
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

    static func write(
        _ entryID: Int64,
        _ action: RecordWrite.Action,
        object: String = "Contact",
        phone: String = "1"
    ) -> RecordWrite {
        RecordWrite(
            entryID: entryID,
            mapping: Self.mapping,
            object: object,
            action: action,
            fields: [.init(name: "Phone", type: .text, value: FieldValue(normal: phone))]
        )
    }

    func write(_ writes: [RecordWrite]) async -> WriteReply {
        await self.connection.write(writes, priority: .field, hold: .none)
    }
}
