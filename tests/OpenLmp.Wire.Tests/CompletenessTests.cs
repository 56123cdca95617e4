using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

/// <summary>Nothing the codec knows goes without a vector.</summary>
public class CompletenessTests
{
    [Fact]
    public void Every_message_type_has_a_format_and_a_vector()
    {
        var withVector = AllVectors.Messages.Where(v => v.Value is not UnknownMessage).Select(v => v.Value.Type).ToHashSet();
        Assert.Equal(34, Enum.GetValues<MessageType>().Length);
        foreach (var type in Enum.GetValues<MessageType>())
        {
            Assert.NotNull(MessageDecoder.FormatOf(type));
            Assert.Contains(type, withVector);
        }
    }

    [Fact]
    public void Every_message_class_has_a_vector()
    {
        var withVector = AllVectors.Messages.Select(v => v.Value.GetType()).ToHashSet();
        Assert.Equal(Concrete<LmpMessage>(), Concrete<LmpMessage>().Where(withVector.Contains));
        Assert.Equal(35, withVector.Count); // types 1-34, and the unknown ones
    }

    [Fact]
    public void Every_object_class_has_a_vector()
    {
        var withVector = AllVectors.Objects.Select(v => v.Value.GetType()).ToHashSet();
        Assert.Equal(Concrete<LmpObject>(), Concrete<LmpObject>().Where(withVector.Contains));
    }

    [Fact]
    public void Every_C_Type_that_an_RFC_defines_has_a_vector_and_is_not_unknown()
    {
        var withVector = AllVectors.Objects.Where(v => v.Value is not UnknownObject).Select(v => (v.Value.Class, v.Value.CType)).ToHashSet();
        var defined = new List<(ObjectClass, byte)>();
        foreach (var @class in Enum.GetValues<ObjectClass>())
        {
            for (byte cType = 0; cType < 128; cType++)
            {
                // The registry names what it does not know "CLASS C-Type n".
                if (!ObjectRegistry.ObjectName(@class, cType).EndsWith($"C-Type {cType}", StringComparison.Ordinal)) defined.Add((@class, cType));
            }
        }

        Assert.Equal(44, defined.Count);
        Assert.Equal(defined, defined.Where(withVector.Contains));
    }

    [Fact]
    public void Every_subobject_class_has_a_vector()
    {
        var withVector = AllVectors.Subobjects.Select(v => v.Value.GetType()).ToHashSet();
        Assert.Equal(Concrete<DataLinkSubobject>(), Concrete<DataLinkSubobject>().Where(withVector.Contains));
        Assert.Equal(10, withVector.Count); // types 1-9, and the unknown ones
    }

    [Fact]
    public void Every_object_with_a_value_of_its_own_appears_in_a_message_vector()
    {
        var inMessages = AllVectors.Messages.SelectMany(v => v.Value.Objects).Select(o => o.GetType()).ToHashSet();
        Assert.Equal(Concrete<LmpObject>(), Concrete<LmpObject>().Where(inMessages.Contains));
    }

    [Fact]
    public void Names_of_vectors_are_unique()
    {
        Assert.Distinct(AllVectors.Messages.Select(v => v.Name));
        Assert.Distinct(AllVectors.Objects.Select(v => v.Name));
        Assert.Distinct(AllVectors.Subobjects.Select(v => v.Name));
    }

    private static Type[] Concrete<T>() =>
        [.. typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal)];
}
