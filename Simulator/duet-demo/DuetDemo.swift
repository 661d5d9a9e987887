import DemoKit
import Foundation

/// `scripts/demo`'s program: drives `duet` and `duet-simulator` as child processes.
@main
struct DuetDemo {
    static func main() async {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        var options = Demo.Options(duet: folder + "/duet", simulator: folder + "/duet-simulator")
        let environment = ProcessInfo.processInfo.environment
        options.sabotage = environment["DUET_SABOTAGE"]
        // A smaller show, for the test that breaks the engine.
        if let people = environment["DUET_DEMO_PEOPLE"].flatMap({ Int($0) }) {
            options.contacts = people
        }
        do {
            let isClean = try await Demo(options: options).run()
            exit(isClean ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("demo: \(error)\n".utf8))
            exit(1)
        }
    }
}
