import Foundation
import Model
import TestSupport
import Testing

@testable import Reading

@Suite struct PanelLibraryTests {
  /// What is asked of a few genes is the same whether the rest is read or not.
  @Test func readsOnlyTheRowsThatAreAskedFor() throws {
    let path = Checkout.directory + "/Panels/mendeliome.tsv"
    let whole = try PanelFile.read(path: path).panel
    let ids: Set = ["HGNC:20", "HGNC:10585", "HGNC:999999999"]
    let few = try PanelFile.read(path: path, holding: ids).panel
    #expect(few.genes == whole.genes.filter { $0.hgncID.map(ids.contains) ?? false })
    #expect(few.genes.count == 2)
    #expect(few.version == whole.version)
    #expect(try PanelFile.read(path: path, holding: ["HGNC:999999999"]).panel.genes.isEmpty)
  }

  @Test func theFirstFolderWins() throws {
    let own = try TemporaryFolder()
    let shared = try TemporaryFolder()
    _ = try own.file("epilepsy.txt", "SCN1A\n".utf8)
    _ = try shared.file("epilepsy.tsv", "gene\nPOLG\n".utf8)
    _ = try shared.file("hearing_loss.tsv", "gene,confidence\nA1,green\nA2,amber\nA3,green\n".utf8)
    _ = try shared.file("broken.bed", "1\t9\t5\n".utf8)
    _ = try shared.file("README.md", "no panel\n".utf8)
    let library = PanelLibrary(directories: ["/nowhere", own.path, shared.path])
    #expect(library.names.map(\.name) == ["broken", "epilepsy", "hearing_loss"])
    #expect(try library.panel(named: "epilepsy").panel.genes.map(\.symbol) == ["SCN1A"])
    #expect(try library.panel(named: "Hearing-Loss").panel.genes.count == 3)
    let list = library.list()
    #expect(list[2].counts == [.green: 2, .amber: 1])
    #expect(list[0].fault?.description.contains("ends (5) before it starts (9)") == true)
    #expect(list[1].fault == nil)
  }

  @Test func suggestsTheNearestName() throws {
    let folder = try TemporaryFolder()
    for name in ["epilepsy", "eye"] { _ = try folder.file(name + ".tsv", "gene\nA1\n".utf8) }
    let library = PanelLibrary(directories: [folder.path])
    let near = try #require(throws: PanelError.self) { try library.panel(named: "epilespy") }
    #expect(near.description == "no panel is called 'epilespy'; did you mean epilepsy?")
    let far = try #require(throws: PanelError.self) { try library.panel(named: "cardiology") }
    #expect(far.description == "no panel is called 'cardiology'; there are epilepsy, eye")
    let none = try #require(throws: PanelError.self) { try PanelLibrary(directories: []).panel(named: "x") }
    #expect(none.description == "no panel is called 'x'; no panels are installed")
  }

  /// The project's own panels: each is read without a remark, and one is written back as it stands.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: Checkout.directory + "/Panels/epilepsy.tsv")))
  func readsTheProjectsPanels() throws {
    let library = PanelLibrary(directories: [Checkout.directory + "/Panels"])
    #expect(library.names.count >= 15)
    for (name, path) in library.names {
      let file = try PanelFile.read(path: path)
      #expect(file.form == .panel)
      #expect(file.notes.isEmpty, "\(name)")
      #expect(file.panel.name == name)
    }
    let epilepsy = try library.panel(named: "epilepsy").panel
    #expect(try panelFile(PanelFile.write(epilepsy)).panel == epilepsy)
  }
}
